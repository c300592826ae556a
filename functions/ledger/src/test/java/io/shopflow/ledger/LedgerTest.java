package io.shopflow.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.core.quality.QualityReport.RuleCount;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.run.StreamExtract.RawPart;
import io.shopflow.core.stream.StreamName;
import io.shopflow.laptop.servers.LocalPostgres;
import io.shopflow.ledger.Finding.Severity;
import io.shopflow.ledger.LedgerWriter.PartState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the writer wrote, as the reader reads it: on PostgreSQL, with the product's own schema. */
class LedgerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir static Path folder;

    private static LocalPostgres postgres;

    private final RunId runId = RunId.create();
    private Connection connection;
    private LedgerWriter writer;
    private LedgerReader reader;

    @BeforeAll
    static void migrate() {
        postgres = LocalPostgres.start(folder, 0);
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
                .locations("filesystem:" + System.getProperty("shopflow.home") + "/sql/migrations")
                .load()
                .migrate();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    /** Each test is a transaction that is rolled back. */
    @BeforeEach
    void begin() throws SQLException {
        connection =
                DriverManager.getConnection(
                        postgres.jdbcUrl(), postgres.user(), postgres.password());
        connection.setAutoCommit(false);
        writer = new LedgerWriter(connection);
        reader = new LedgerReader(connection);
    }

    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void aRunIsUnknownUntilSomethingOfItIsWritten() throws SQLException {
        assertThat(reader.run(runId)).isEmpty();

        writer.lockRun(runId, "shop");

        assertThat(reader.run(runId))
                .contains(
                        new Run(
                                runId,
                                "shop",
                                RunStatus.RUNNING,
                                null,
                                false,
                                runId.requestedAt(),
                                null));
        assertThat(reader.running()).extracting(Run::runId).contains(runId);
    }

    @Test
    void aRunIsReadyToCloseWhenItsManifestAndAllItsPartsAreIn() throws SQLException {
        writer.lockRun(runId, "shop");
        writer.writeManifest(manifest(10L, 10, List.of()));
        assertThat(writer.isReadyToClose(runId)).isFalse();
        assertThat(reader.streams(runId))
                .extracting(StreamLedger::missingParts)
                .containsExactly(1L);

        write(new RowCounts(10, 4, 3, 1, 1, 1));
        assertThat(writer.isReadyToClose(runId)).isTrue();

        Run closed = writer.close(runId, NOW);
        assertThat(closed.complete()).isTrue();
        assertThat(closed.closedAt()).isEqualTo(NOW);
        assertThat(reader.newestClosed("shop")).contains(closed);
        assertThat(writer.isReadyToClose(runId)).isFalse();
        assertThat(reader.streams(List.of(runId)))
                .isEqualTo(reader.streams(runId))
                .containsExactly(
                        new StreamLedger(
                                runId, "orders", 10L, new RowCounts(10, 4, 3, 1, 1, 1), 0, true));
    }

    /** Nothing but the parts' own rows decides: Java's rule is that of the warehouse. */
    @ParameterizedTest
    @CsvSource({
        "10, 10, 10, true",
        // The source reported no count.
        ", 10, 10, true",
        "11, 10, 10, false",
        "10, 10, 9, false",
        "9, 9, 10, false",
    })
    void aStreamBalancesWhenCountedExtractedAndLoadedAreEqual(
            @Nullable Long counted, long extracted, long loaded, boolean balanced)
            throws SQLException {
        writer.lockRun(runId, "shop");
        writer.writeManifest(manifest(counted, extracted, List.of()));
        write(new RowCounts(loaded, loaded, 0, 0, 0, 0));

        assertThat(StreamLedger.allBalanced(reader.streams(runId))).isEqualTo(balanced);
        assertThat(writer.close(runId, NOW).complete()).isEqualTo(balanced);
    }

    @Test
    void aPartOfWhichARowIsUnaccountedForIsNotWritten() {
        RowCounts one = new RowCounts(10, 4, 3, 1, 1, 0);

        assertThat(one.balances()).isFalse();
        assertThatThrownBy(() -> write(one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not balance")
                .hasMessageContaining("extracted=10");
    }

    @Test
    void aProblemMakesARunIncompleteAndIsReadAsItWasWritten() throws SQLException {
        Problem whole = new Problem(null, null, null, null, "source_unavailable", "It is away.");
        Problem line = new Problem("orders", "o.csv", 7L, "total", "number_format", "Correct it.");
        writer.lockRun(runId, "shop");
        writer.writeManifest(manifest(10L, 10, List.of(line, whole, whole)));
        write(new RowCounts(10, 10, 0, 0, 0, 0));

        assertThat(writer.close(runId, NOW).status()).isEqualTo(RunStatus.INCOMPLETE);
        assertThat(reader.problems(runId)).containsExactly(line, whole, whole);
        assertThat(reader.problemRules(List.of(runId)))
                .containsEntry(runId, List.of("number_format", "source_unavailable"));
    }

    @ParameterizedTest
    @CsvSource({"FAILURE, false", "DOUBT, true", "INFORMATION, true"})
    void aFindingFailsARunWhereItSaysSo(Severity severity, boolean complete) throws SQLException {
        Finding finding = new Finding("currency_unknown", "orders", 2, "XX", "rows", severity);
        writer.lockRun(runId, "shop");
        writer.writeManifest(manifest(10L, 10, List.of()));
        write(new RowCounts(10, 10, 0, 0, 0, 0));
        writer.writeFinding(runId, finding);
        writer.writeFinding(runId, finding);

        assertThat(writer.close(runId, NOW).complete()).isEqualTo(complete);
        assertThat(reader.findings(runId))
                .contains(
                        finding,
                        new Finding(
                                "quiet", "", 0, null, "Nothing is wrong.", Severity.INFORMATION),
                        new Finding("odd", "", 0, null, "Look at it.", Severity.DOUBT));
    }

    @Test
    void theRulesOfAPartAreReadByRunAndBySource() throws SQLException {
        writer.lockRun(runId, "shop");
        writer.writeManifest(manifest(10L, 10, List.of()));
        write(new RowCounts(10, 8, 0, 0, 0, 2));
        writer.writeRules(
                part(1),
                List.of(new RuleCount("number_format", "total", 2, "$1", "o.csv:2")),
                List.of(new RuleCount("country_unknown", "ship_country", 3, null, null)));

        RuleRows rejection =
                new RuleRows(
                        "shop", runId, "orders", "number_format", "total", 2, 0, "$1", "o.csv:2");
        RuleRows warning =
                new RuleRows(
                        "shop",
                        runId,
                        "orders",
                        "country_unknown",
                        "ship_country",
                        3,
                        0,
                        null,
                        null);
        assertThat(reader.rejections(runId)).containsExactly(rejection);
        assertThat(reader.rejections("shop", 1)).containsExactly(rejection);
        assertThat(reader.rejections(null, 1)).containsExactly(rejection);
        assertThat(reader.rejections("other", 1)).isEmpty();
        assertThat(reader.warnings(runId)).containsExactly(warning);
        assertThat(reader.warnings("shop", 1)).containsExactly(warning);
        assertThat(reader.warnings(null, 1)).containsExactly(warning);
        assertThat(reader.quarantinedParts(runId)).containsExactly(part(1));
        assertThat(reader.loadedParts(runId)).containsExactly(part(1));
        assertThat(reader.loadedRows(runId)).isEqualTo(10);

        writer.writeRules(part(1), List.of(), List.of());
        assertThat(reader.rejections(runId)).isEmpty();
        assertThat(reader.warnings(runId)).isEmpty();
    }

    @Test
    void whatARunSaysOfAPartFollowsItsManifestAndItsEnd() throws SQLException {
        writer.lockRun(runId, "shop");
        assertThat(writer.partState(part(2))).isEqualTo(PartState.EXPECTED);

        writer.writeManifest(manifest(10L, 10, List.of()));
        assertThat(writer.partState(part(1))).isEqualTo(PartState.EXPECTED);
        assertThat(writer.partState(part(2))).isEqualTo(PartState.NOT_IN_MANIFEST);

        write(new RowCounts(10, 10, 0, 0, 0, 0));
        writer.close(runId, NOW);
        assertThat(writer.partState(part(1))).isEqualTo(PartState.RUN_CLOSED);
    }

    @ParameterizedTest
    @EnumSource(RunStatus.class)
    void aStatusIsReadAsItIsWritten(RunStatus status) {
        assertThat(RunStatus.ofCanonicalName(status.canonicalName())).isEqualTo(status);
    }

    @Test
    void anotherStatusIsNotGuessed() {
        assertThatThrownBy(() -> RunStatus.ofCanonicalName("open"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("open");
    }

    private PartId part(int number) {
        return new PartId("shop", runId, StreamName.ORDERS, number);
    }

    private void write(RowCounts rows) throws SQLException {
        writer.writePart(new PartObject(part(1), "lake", "v1", false), rows, 0, "key-1", NOW, 12);
    }

    /** The run's manifest: one part of orders. */
    private ManifestObject manifest(
            @Nullable Long counted, long extracted, List<Problem> problems) {
        StreamExtract orders =
                new StreamExtract(
                        "orders",
                        counted,
                        extracted,
                        null,
                        null,
                        List.of(new RawPart(1, part(1).rawKey(), extracted, "00")));
        return new ManifestObject(
                new RunManifest(
                        "shop",
                        runId,
                        NOW,
                        NOW,
                        true,
                        List.of(orders),
                        problems,
                        null,
                        List.of(
                                new RunNote(null, "quiet", 0, "Nothing is wrong.", true),
                                new RunNote(null, "odd", 0, "Look at it.", false))),
                "lake",
                "runs/manifest.json",
                "v1");
    }
}
