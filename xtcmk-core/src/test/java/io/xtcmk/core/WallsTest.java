package io.xtcmk.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

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

    /** From the ground up; each knows those below it. The root has the definitions, and the only door. */
    @Test
    void packages_areLayers() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.xtcmk.core..")
                .layer("errors")
                .definedBy("io.xtcmk.core.errors..")
                .layer("engine")
                .definedBy("io.xtcmk.core.engine..")
                .layer("azure")
                .definedBy("io.xtcmk.core.azure..")
                .layer("services")
                .definedBy("io.xtcmk.core.services")
                .layer("each service")
                .definedBy("io.xtcmk.core.services.*..")
                .layer("steps")
                .definedBy("io.xtcmk.core.steps..")
                .layer("diagnosis")
                .definedBy("io.xtcmk.core.diagnosis..")
                .layer("definitions")
                .definedBy("io.xtcmk.core")
                .whereLayer("errors")
                .mayNotAccessAnyLayer()
                .whereLayer("engine")
                .mayOnlyAccessLayers("errors")
                .whereLayer("azure")
                .mayOnlyAccessLayers("engine", "errors")
                .whereLayer("services")
                .mayOnlyAccessLayers("azure", "engine", "errors")
                .whereLayer("each service")
                .mayOnlyBeAccessedByLayers("definitions")
                .whereLayer("steps")
                .mayOnlyAccessLayers("services", "azure", "engine", "errors")
                .whereLayer("diagnosis")
                .mayOnlyAccessLayers("steps", "services", "azure", "engine", "errors")
                .whereLayer("definitions")
                .mayNotBeAccessedByAnyLayer()
                .check(CORE);
    }

    /** So that a further service is a package of its own, and a line where services are listed. */
    @Test
    void services_doNotKnowEachOther() {
        slices().matching("io.xtcmk.core.services.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CORE);
    }

    @Test
    void serviceOfATypeOfResources_isKnownByItsDefinitionAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.xtcmk.core.services.storage..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.azure.resourcemanager.storage..")
                .check(CORE);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.xtcmk.core.services.sql..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.azure.resourcemanager.sql..")
                .check(CORE);
    }

    @Test
    void engineAndErrors_knowNoClient() {
        noClasses()
                .that()
                .resideInAnyPackage("io.xtcmk.core.engine..", "io.xtcmk.core.errors..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.azure.resourcemanager..",
                        "com.azure.security..",
                        "com.azure.identity..",
                        "com.microsoft..")
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

    /** Its credentials retry by themselves. Service Fabric's endpoint is the one place that needs it. */
    @Test
    void noCredentialOfAzureIdentity_isBuilt() {
        noClasses()
                .that()
                .doNotHaveSimpleName("IdentityHere")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("com\\.azure\\.identity\\..*Builder|com\\.microsoft\\.aad\\.msal4j\\..*Application.*")
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
