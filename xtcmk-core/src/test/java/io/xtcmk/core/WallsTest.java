package io.xtcmk.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.azure.core.http.policy.RetryPolicy;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The walls inside the library. */
class WallsTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.xtcmk.core");

    @Test
    void engineAndErrors_knowNoService() {
        noClasses()
                .that()
                .resideInAnyPackage("io.xtcmk.core.engine..", "io.xtcmk.core.errors..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.xtcmk.core",
                        "io.xtcmk.core.azure..",
                        "io.xtcmk.core.steps..",
                        "com.azure.resourcemanager..",
                        "com.azure.security..",
                        "com.azure.identity..",
                        "com.microsoft..")
                .check(CORE);
    }

    @Test
    void clients_knowNoSteps() {
        noClasses()
                .that()
                .resideInAPackage("io.xtcmk.core.azure..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.xtcmk.core", "io.xtcmk.core.steps..", "io.xtcmk.core.errors..")
                .check(CORE);
    }

    @Test
    void nothing_readsTheMachinesClockOrDrawsLots() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .check(CORE);
    }

    @Test
    void onlyTheEngineRetries() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(RetryPolicy.class)
                .check(CORE);
    }

    @Test
    void onlyTheProviderIsFoundFromOutside() {
        classes()
                .that()
                .resideInAPackage("io.xtcmk.core")
                .and()
                .arePublic()
                .should()
                .be(CoreProvider.class)
                .check(CORE);
    }

    @Test
    void theFake_isForTestsOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.xtcmk.testing..")
                .check(CORE);
    }
}
