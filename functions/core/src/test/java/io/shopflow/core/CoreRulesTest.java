package io.shopflow.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The permitted dependencies of core. */
class CoreRulesTest {

    private static final JavaClasses CORE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.shopflow.core");

    @Test
    void coreDependsOnNeitherAwsNorQuarkusNorOtherModules() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.shopflow.core..",
                        "java..",
                        "javax.crypto..",
                        "com.fasterxml.jackson..",
                        "com.github.f4b6a3.ulid..",
                        "org.jspecify..")
                .check(CORE);
    }

    @Test
    void packagesAreCapabilities() {
        classes()
                .that()
                .haveSimpleNameNotEndingWith("package-info")
                .should()
                .resideInAnyPackage(
                        "io.shopflow.core.archive",
                        "io.shopflow.core.lake",
                        "io.shopflow.core.money",
                        "io.shopflow.core.privacy",
                        "io.shopflow.core.quality",
                        "io.shopflow.core.run",
                        "io.shopflow.core.source",
                        "io.shopflow.core.stream",
                        "io.shopflow.core.text",
                        "io.shopflow.core.workbook")
                .check(CORE);
    }

    @Test
    void streamsAndMoneyKnowNothingOfRunsAndTheLake() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.shopflow.core.stream",
                        "io.shopflow.core.money",
                        "io.shopflow.core.privacy")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.shopflow.core.run", "io.shopflow.core.lake")
                .check(CORE);
    }
}
