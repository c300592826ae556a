package io.shopflow.checks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The permitted dependencies between all modules. */
class ModuleRulesTest {

    private static final Path HOME = Path.of(System.getProperty("shopflow.home"));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPaths(
                            List.of(
                                    classes("functions/core"),
                                    classes("functions/lambda"),
                                    classes("functions/ledger"),
                                    classes("functions/s3"),
                                    classes("functions/secrets"),
                                    classes("functions/extract"),
                                    classes("functions/transform"),
                                    classes("functions/load"),
                                    classes("functions/migrate"),
                                    classes("functions/backfill"),
                                    classes("dashboard"),
                                    classes("infrastructure/laptop/servers"),
                                    classes("infrastructure/laptop/stack"),
                                    classes("infrastructure/shop")));

    private static Path classes(String module) {
        return HOME.resolve(module).resolve("target/classes");
    }

    @Test
    void allModulesAreLookedAt() {
        for (String name :
                List.of(
                        "core",
                        "lambda",
                        "ledger",
                        "s3",
                        "secrets",
                        "extract",
                        "transform",
                        "load",
                        "migrate",
                        "backfill",
                        "dashboard",
                        "laptop",
                        "shop")) {
            assertTrue(
                    CLASSES.stream()
                            .anyMatch(
                                    type ->
                                            type.getPackageName()
                                                    .startsWith("io.shopflow." + name)),
                    "no class of " + name);
        }
    }

    @Test
    void functionsDoNotDependOnEachOther() {
        slices().matching("io.shopflow.(extract|transform|load|migrate|backfill)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void functionsKnowNothingOfTheLaptopAndTheDashboard() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.shopflow.core..",
                        "io.shopflow.lambda..",
                        "io.shopflow.ledger..",
                        "io.shopflow.s3..",
                        "io.shopflow.secrets..",
                        "io.shopflow.extract..",
                        "io.shopflow.transform..",
                        "io.shopflow.load..",
                        "io.shopflow.migrate..",
                        "io.shopflow.backfill..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.shopflow.laptop..", "io.shopflow.shop..", "io.shopflow.dashboard..")
                .check(CLASSES);
    }

    @Test
    void theLedgerDependsOnlyOnCore() {
        noClasses()
                .that()
                .resideInAPackage("io.shopflow.ledger..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.shopflow..")
                                .and(
                                        not(
                                                resideInAnyPackage(
                                                        "io.shopflow.core..",
                                                        "io.shopflow.ledger.."))))
                .check(CLASSES);
    }

    @Test
    void coreAndTheLedgerAreFreeOfAwsAndQuarkus() {
        noClasses()
                .that()
                .resideInAnyPackage("io.shopflow.core..", "io.shopflow.ledger..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "software.amazon..", "com.amazonaws..", "io.quarkus..", "jakarta..")
                .check(CLASSES);
    }

    /** So that nothing but a function, and nothing of a laptop, runs as one. */
    @Test
    void onlyFunctionsKnowLambda() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.shopflow.lambda..",
                        "io.shopflow.extract..",
                        "io.shopflow.transform..",
                        "io.shopflow.load..",
                        "io.shopflow.migrate..",
                        "io.shopflow.backfill..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.shopflow.lambda..")
                .check(CLASSES);
    }

    /** A new API is one package: shared code depends on no connector. */
    @Test
    void theConnectorKitDependsOnlyOnThePortOfSources() {
        noClasses()
                .that()
                .resideInAPackage("io.shopflow.extract.api..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.shopflow..")
                                .and(
                                        not(
                                                resideInAnyPackage(
                                                        "io.shopflow.core..",
                                                        "io.shopflow.extract.api..",
                                                        "io.shopflow.extract.source.."))))
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core",
                "lambda",
                "extract",
                "transform",
                "load",
                "dashboard",
                "laptop",
                "shop"
            })
    void thePackagesOfAModuleHaveNoCycle(String module) {
        slices().matching("io.shopflow.%s.(*)..".formatted(module))
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void theSimulatedShopDependsOnNoFormatAndItsFormatsNotOnEachOther() {
        noClasses()
                .that()
                .resideInAPackage("io.shopflow.shop.world..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.shopflow.shop.api..", "io.shopflow.shop.export..")
                .check(CLASSES);
        slices().matching("io.shopflow.shop.(api|export)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void packagesAreCapabilitiesNotLayers() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..utils..",
                        "..common..",
                        "..service..",
                        "..services..",
                        "..model..",
                        "..helper..")
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .that()
                .resideInAPackage("io.shopflow..")
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(CLASSES);
    }
}
