package io.xtcmk.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A fake that cannot see the library cannot collude with it. */
class WallsTest {
    private static final JavaClasses FAKE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.xtcmk.testing");

    @Test
    void fake_knowsNeitherLibraryNorMicrosoftsServiceClients() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.xtcmk.core..",
                        "com.azure.resourcemanager..",
                        "com.azure.security..",
                        "com.azure.identity..",
                        "com.microsoft..")
                .check(FAKE);
    }

    @Test
    void fake_readsNoClockOfTheMachineAndDrawsNoLots() {
        // Whoever serves clients in other processes has to go with their time.
        noClasses()
                .that()
                .resideOutsideOfPackage("io.xtcmk.testing.served..")
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
                .check(FAKE);
    }
}
