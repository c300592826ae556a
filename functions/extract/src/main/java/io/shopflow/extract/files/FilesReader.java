package io.shopflow.extract.files;

import static java.util.Comparator.comparing;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.Problem;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.files.FileMapping.RowMapping;
import io.shopflow.extract.files.FileMapping.StreamMapping;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.extract.source.SourceUnavailableException;
import io.shopflow.extract.spill.SpillingMaps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads files by a mapping. Files do not record changes: each run reads them whole, and loading an
 * unchanged row again has no effect.
 */
public final class FilesReader implements SourceReader {

    private static final String BUCKET_SCHEME = "s3://";

    /**
     * Prefix of uploaded files. Extract's role can also read states, plans and raw parts of all
     * sources; a path must not turn those into rows.
     */
    private static final String UPLOADS = "files/";

    private static final String CURRENCY = "currency";

    private final FileMapping mapping;
    private final SpillingMaps maps;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Scan> scans = new ArrayList<>();
    private @Nullable OrderCurrencies ordersCurrencies;
    private @Nullable LeftOutOrders leftOutOrders;

    private FilesReader(FileMapping written, SourceFolder folder, SpillingMaps maps) {
        this.maps = maps;
        FileOpener opener = new FileOpener(folder);
        this.mapping = written.with(expanded(written.streams(), opener));
        LookupTables lookups = new LookupTables(opener, maps);
        SaleFinders sales =
                new SaleFinders(mapping.streams(), opener, lookups, maps, mapping.format());
        Set<String> streamFiles = new HashSet<>();
        for (StreamMapping stream : mapping.streams()) {
            stream.rows().forEach(rows -> streamFiles.addAll(rows.files()));
        }
        for (StreamMapping stream : mapping.streams()) {
            Set<String> lookupFiles = new HashSet<>();
            stream.addLookupFiles(lookupFiles);
            if (stream.findsSales()
                    || ordersOf(stream).filter(StreamMapping::findsSales).isPresent()) {
                filesOf(StreamName.ORDER_ITEMS, lookupFiles);
            }
            OrderCurrencies currencies = currenciesFor(stream, opener, lookups, sales, lookupFiles);
            FilesScan scan =
                    new FilesScan(
                            stream,
                            MappedFile.of(
                                    stream, mapping.format(), lookups, currencies, sales, maps),
                            currencies,
                            leftOutFor(stream, opener, lookups, sales, lookupFiles),
                            opener,
                            lookups,
                            sales,
                            maps,
                            lookupFiles,
                            streamFiles);
            problems.addAll(scan.check());
            scans.add(scan);
        }
    }

    private void filesOf(StreamName stream, Set<String> files) {
        for (StreamMapping found : mapping.streams()) {
            if (found.stream() == stream) {
                found.rows().forEach(rows -> files.addAll(rows.files()));
            }
        }
    }

    /**
     * The mappings with the names of the files that match their patterns, orders before what is
     * part of them.
     */
    private List<StreamMapping> expanded(List<StreamMapping> streams, FileOpener opener) {
        List<StreamMapping> expanded = new ArrayList<>();
        for (StreamMapping stream :
                streams.stream()
                        .sorted(comparing(stream -> isPartOfOrder(stream.stream())))
                        .toList()) {
            List<RowMapping> rows = new ArrayList<>();
            for (RowMapping mapped : stream.rows()) {
                List<String> names = new ArrayList<>();
                for (String file : mapped.files()) {
                    names.addAll(names(stream.stream(), file, opener));
                }
                rows.add(mapped.in(names.stream().distinct().toList()));
            }
            expanded.add(stream.with(rows));
        }
        return expanded;
    }

    private List<String> names(StreamName stream, String file, FileOpener opener) {
        if (!NamePattern.isPattern(file)) {
            return List.of(file);
        }
        try {
            return opener.names(file);
        } catch (FileProblemException e) {
            problems.add(opener.problem(stream, file, e));
        } catch (IOException e) {
            problems.add(opener.unreadable(stream, file, e));
        }
        return List.of();
    }

    /**
     * A line, payment or refund without a currency takes that of its order.
     *
     * @param lookupFiles receives the files in which the orders' currencies are looked up
     */
    private @Nullable OrderCurrencies currenciesFor(
            StreamMapping stream,
            FileOpener opener,
            LookupTables lookups,
            SaleFinders sales,
            Set<String> lookupFiles) {
        Optional<StreamMapping> orders = ordersOf(stream).filter(found -> found.maps(CURRENCY));
        if (orders.isEmpty()) {
            return null;
        }
        List<MappedFile> files =
                reduced(orders.get(), Set.of("id", CURRENCY), lookups, sales, lookupFiles);
        if (ordersCurrencies == null) {
            ordersCurrencies =
                    new OrderCurrencies(files, opener, maps.map(), mapping.format().currency());
        }
        return ordersCurrencies;
    }

    /** A line, payment or refund of an order that is left out is left out with it. */
    private @Nullable LeftOutOrders leftOutFor(
            StreamMapping stream,
            FileOpener opener,
            LookupTables lookups,
            SaleFinders sales,
            Set<String> lookupFiles) {
        Optional<StreamMapping> orders = ordersOf(stream).filter(StreamMapping::leavesOut);
        if (orders.isEmpty()) {
            return null;
        }
        List<MappedFile> files = reduced(orders.get(), Set.of("id"), lookups, sales, lookupFiles);
        if (leftOutOrders == null) {
            leftOutOrders = new LeftOutOrders(files, opener, maps.map());
        }
        return leftOutOrders;
    }

    /** The mapping of the orders that a stream's rows are parts of. */
    private Optional<StreamMapping> ordersOf(StreamMapping stream) {
        return mapping.streams().stream()
                .filter(
                        other ->
                                isPartOfOrder(stream.stream())
                                        && other.stream() == StreamName.ORDERS)
                .findFirst();
    }

    /** Whether a stream's rows are parts of orders, and are read after them. */
    static boolean isPartOfOrder(StreamName stream) {
        return switch (stream) {
            case ORDER_ITEMS, PAYMENTS, REFUNDS -> true;
            case CUSTOMERS, PRODUCTS, SELLERS, ORDERS, REVIEWS -> false;
        };
    }

    /**
     * The files of the orders, read for some of their fields.
     *
     * @param lookupFiles receives them, and those in which these fields are looked up
     */
    private List<MappedFile> reduced(
            StreamMapping orders,
            Set<String> fields,
            LookupTables lookups,
            SaleFinders sales,
            Set<String> lookupFiles) {
        StreamMapping reduced = orders.of(fields);
        reduced.addLookupFiles(lookupFiles);
        List<MappedFile> files =
                MappedFile.of(reduced, mapping.format(), lookups, null, sales, maps);
        files.forEach(file -> lookupFiles.add(file.name()));
        return files;
    }

    /**
     * Checks the headers of all files.
     *
     * @param path the path of the mapping or of the run's request: an absolute folder, or {@code
     *     s3://bucket/files/prefix} in the data bucket
     * @param shownPath the path as messages show it
     * @param bucket the data bucket's name
     * @throws SourceUnavailableException if the path is none of these
     */
    public static FilesReader open(
            FileMapping mapping, String path, String shownPath, ObjectStore store, String bucket)
            throws SourceUnavailableException {
        return new FilesReader(mapping, folder(path, shownPath, store, bucket), new SpillingMaps());
    }

    /**
     * Reads local files.
     *
     * @param maps for what rows are compared with; closed with the reader
     */
    static FilesReader open(FileMapping mapping, Path folder, SpillingMaps maps) {
        return new FilesReader(mapping, new LocalFolder(folder, folder.toString()), maps);
    }

    private static SourceFolder folder(
            String path, String shownPath, ObjectStore store, String bucket)
            throws SourceUnavailableException {
        if (!path.startsWith(BUCKET_SCHEME)) {
            if (path.indexOf('\0') >= 0 || !Path.of(path).isAbsolute()) {
                throw wrongPath(
                        "'%s' is a relative folder; name it from the root."
                                .formatted(SafeText.path(shownPath)));
            }
            return new LocalFolder(Path.of(path), shownPath);
        }
        String inBucket = BUCKET_SCHEME + bucket + "/";
        String folder = path.endsWith("/") ? path : path + "/";
        if (!folder.startsWith(inBucket + UPLOADS)) {
            throw wrongPath(
                    "'%s' is not under %s, the only place of the data bucket that files are read from; copy the files there first."
                            .formatted(SafeText.path(shownPath), inBucket + UPLOADS));
        }
        return new BucketFolder(store, folder.substring(inBucket.length()), shownPath);
    }

    private static SourceUnavailableException wrongPath(String message) {
        return new SourceUnavailableException(Problem.of("path_wrong", message).at("path"), null);
    }

    @Override
    public SourceFormat format() {
        return mapping.format();
    }

    @Override
    public List<Scan> scans() {
        return List.copyOf(scans);
    }

    @Override
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    @Override
    public void close() {
        maps.close();
    }
}
