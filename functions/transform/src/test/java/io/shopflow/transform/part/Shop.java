package io.shopflow.transform.part;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.privacy.Pseudonymiser;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.source.SourceFormat.DateFormat;
import io.shopflow.core.source.SourceFormat.FieldFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.source.SourceFormat.Sign;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A shop whose rows are transformed in memory. Immutable: {@code with…} copies. */
record Shop(SourceFormat format, int idsInMemory, Map<StreamName, StreamSchema> schemas) {

    static final Instant EXTRACTED_AT = Instant.parse("2026-06-01T02:00:00Z");
    static final RunId RUN = new RunId("01JZ0000000000000000000000");
    static final String SOURCE = "shop";

    private static final byte[] KEY = new byte[32];

    /** A shop in London that writes ISO dates and plain numbers. */
    static Shop inLondon() {
        return new Shop(
                new SourceFormat(
                        ZoneId.of("Europe/London"),
                        "GBP",
                        "GB",
                        DateFormat.iso(),
                        NumberFormat.plain(),
                        Map.of("Delivered", "completed", "on hold", "pending"),
                        Map.of()),
                TransformPart.IDS_IN_MEMORY,
                Map.of());
    }

    Shop withZone(String zone) {
        return with(
                ZoneId.of(zone),
                format.currency(),
                format.country(),
                format.dates(),
                format.numbers());
    }

    Shop withoutCurrency() {
        return with(format.zone(), null, format.country(), format.dates(), format.numbers());
    }

    Shop withCountry(String country) {
        return with(format.zone(), format.currency(), country, format.dates(), format.numbers());
    }

    Shop withDates(String... patterns) {
        return with(
                format.zone(),
                format.currency(),
                format.country(),
                new DateFormat(List.of(patterns), null),
                format.numbers());
    }

    Shop withNumbers(String decimal, String grouping) {
        return with(
                format.zone(),
                format.currency(),
                format.country(),
                format.dates(),
                new NumberFormat(decimal, grouping));
    }

    /** With currency signs in amounts. */
    Shop withSymbols(String decimal, String grouping) {
        return with(
                format.zone(),
                format.currency(),
                format.country(),
                format.dates(),
                new NumberFormat(decimal, grouping, true));
    }

    Shop withCurrency(String currency) {
        return with(format.zone(), currency, format.country(), format.dates(), format.numbers());
    }

    /** With this sign in a field's numbers. */
    Shop withSign(String field, Sign sign) {
        return withField(field, new FieldFormat(null, null, sign));
    }

    Shop withNulls(String... nulls) {
        return new Shop(
                new SourceFormat(
                        format.zone(),
                        format.currency(),
                        format.country(),
                        format.dates(),
                        format.numbers(),
                        format.statuses(),
                        format.fields(),
                        List.of(nulls)),
                idsInMemory,
                schemas);
    }

    Shop withField(String field, FieldFormat own) {
        Map<String, FieldFormat> fields = new HashMap<>(format.fields());
        fields.put(field, own);
        return new Shop(
                new SourceFormat(
                        format.zone(),
                        format.currency(),
                        format.country(),
                        format.dates(),
                        format.numbers(),
                        format.statuses(),
                        fields),
                idsInMemory,
                schemas);
    }

    Shop withIdsInMemory(int ids) {
        return new Shop(format, ids, schemas);
    }

    /** With this schema instead of the stream's. */
    Shop withSchema(StreamSchema schema) {
        return new Shop(format, idsInMemory, Map.of(schema.stream(), schema));
    }

    private Shop with(
            ZoneId zone, String currency, String country, DateFormat dates, NumberFormat numbers) {
        return new Shop(
                new SourceFormat(
                        zone,
                        currency,
                        country,
                        dates,
                        numbers,
                        format.statuses(),
                        format.fields()),
                idsInMemory,
                schemas);
    }

    /** A row with only the required fields. */
    static Map<String, String> validRow(StreamName stream) {
        Map<String, String> row = new HashMap<>();
        for (Field field : StreamSchema.of(stream).fields()) {
            if (field.required()) {
                row.put(
                        field.name(),
                        switch (field.type()) {
                            case TEXT -> field.name() + "-1";
                            case INTEGER, DECIMAL -> "2";
                            case MONEY -> "100";
                            case INSTANT -> "2026-03-01";
                            case STATUS -> "completed";
                            case CURRENCY -> "GBP";
                            case COUNTRY -> "GB";
                            case IDS -> "[]";
                        });
            }
        }
        return row;
    }

    static String token(String normalised) {
        return new Pseudonymiser("test-key", KEY).token(normalised);
    }

    static PartId part(StreamName stream) {
        return new PartId(SOURCE, RUN, stream, 1);
    }

    RunPlan plan(RunId run) {
        return new RunPlan(SOURCE, run, EXTRACTED_AT, true, format, null, null, Set.of("products"));
    }

    TransformPart transformPart(MemoryLake lake) {
        return new TransformPart(
                lake, () -> new Pseudonymiser("test-key", KEY), idsInMemory, this::schema);
    }

    private StreamSchema schema(StreamName stream) {
        return schemas.getOrDefault(stream, StreamSchema.of(stream));
    }

    /** Transforms rows that are given by field. */
    @SafeVarargs
    final Result transform(StreamName stream, Map<String, String>... rows) {
        List<Map<String, String>> all = new ArrayList<>();
        for (Map<String, String> row : rows) {
            all.add(row);
        }
        return transform(stream, all);
    }

    Result transform(StreamName stream, List<Map<String, String>> rows) {
        return transform(stream, rawCsv(schema(stream), rows));
    }

    Result transform(StreamName stream, byte[] raw) {
        return transform(stream, raw, Map.of());
    }

    Result transform(StreamName stream, byte[] raw, Map<String, String> metadata) {
        MemoryLake lake = new MemoryLake();
        PartId part = part(stream);
        lake.put(RunKeys.plan(SOURCE, RUN), RunJson.write(plan(RUN)), "", Map.of());
        lake.put(part.rawKey(), raw, "", metadata);
        lake.writes().clear();
        return new Result(part, lake, transformPart(lake).transform(part));
    }

    /** Raw CSV in extract's format. */
    static byte[] rawCsv(StreamName stream, List<Map<String, String>> rows) {
        return rawCsv(StreamSchema.of(stream), rows);
    }

    private static byte[] rawCsv(StreamSchema schema, List<Map<String, String>> rows) {
        List<String> header = schema.rawHeader();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CsvWriter csv =
                CsvWriter.builder()
                        .lineDelimiter(LineDelimiter.LF)
                        .build(bytes, StandardCharsets.UTF_8)) {
            csv.writeRecord(header);
            int line = 2;
            for (Map<String, String> row : rows) {
                if (!header.containsAll(row.keySet())) {
                    throw new IllegalArgumentException(row.keySet() + " are not all in " + header);
                }
                List<String> record = new ArrayList<>();
                for (String column : header) {
                    record.add(
                            column.equals(StreamSchema.POSITION)
                                    ? schema.stream().canonicalName() + ".csv:" + line
                                    : row.getOrDefault(column, ""));
                }
                csv.writeRecord(record);
                line++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The result of a part. */
    record Result(PartId part, MemoryLake lake, CleanCounts counts) {

        /** The clean rows by column, without empty values. */
        List<Map<String, String>> clean() {
            return rows(part.cleanKey());
        }

        /** The only clean row. */
        Map<String, String> row() {
            List<Map<String, String>> rows = clean();
            if (rows.size() != 1) {
                throw new AssertionError(
                        rows.size() + " clean rows; quarantined: " + quarantined());
            }
            return rows.get(0);
        }

        List<Map<String, String>> quarantined() {
            return lake.head(part.quarantineKey()).isEmpty()
                    ? List.of()
                    : rows(part.quarantineKey());
        }

        /** Rule, field and position of the only rejected row. */
        String rejection() {
            List<Map<String, String>> rows = quarantined();
            if (rows.size() != 1 || !clean().isEmpty()) {
                throw new AssertionError(clean() + " are clean, " + rows + " quarantined");
            }
            Map<String, String> row = rows.get(0);
            return "%s %s %s"
                    .formatted(
                            row.get("rule"),
                            row.getOrDefault("field", "-"),
                            row.getOrDefault("_position", "-"));
        }

        JsonNode report() {
            try {
                return new ObjectMapper().readTree(lake.read(part.reportKey()).orElseThrow());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The example of the only rule that rejected rows: its value and position. */
        String example() {
            JsonNode rejected = report().get("rejected");
            if (rejected.size() != 1) {
                throw new AssertionError(rejected);
            }
            JsonNode rule = rejected.get(0);
            return rule.path("example").asText("-") + " " + rule.path("position").asText("-");
        }

        /** How often the report has a warning. */
        long warned(String warning, String field) {
            for (JsonNode warned : report().get("warnings")) {
                if (warned.get("rule").asText().equals(warning)
                        && warned.get("field").asText().equals(field)) {
                    return warned.get("rows").asLong();
                }
            }
            return 0;
        }

        String text(String key) {
            return new String(lake.read(key).orElseThrow(), StandardCharsets.UTF_8);
        }

        private List<Map<String, String>> rows(String key) {
            List<Map<String, String>> rows = new ArrayList<>();
            try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(text(key))) {
                for (NamedCsvRecord record : csv) {
                    Map<String, String> row = new HashMap<>(record.getFieldsAsMap());
                    row.values().removeIf(String::isEmpty);
                    rows.add(row);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return rows;
        }
    }
}
