package io.xtcmk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.azure.core.credential.AccessToken;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The walls around what consumers compile against. */
class ArchitectureTest {
    private static final JavaClasses API = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.xtcmk");

    @Test
    void api_knowsNeitherIdentityNorImplementationNorFake() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.azure.identity..",
                        "com.azure.resourcemanager..",
                        "com.microsoft..",
                        "io.xtcmk.core..",
                        "io.xtcmk.testing..")
                .check(API);
    }

    @Test
    void api_doesNotLog() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..", "com.azure.core.util.logging..")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(API);
    }

    @Test
    void onlySystemTime_readsTheMachinesClockOrSleeps() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(SystemTime.class.getName())
                .should()
                .callMethodWhere(readsClockOrSleeps())
                .check(API);
    }

    private static DescribedPredicate<JavaMethodCall> readsClockOrSleeps() {
        Pattern calls = Pattern.compile("java\\.time\\.\\w+\\.now|java\\.time\\.Clock\\.(system|tick)\\w*"
                + "|java\\.lang\\.System\\.(currentTimeMillis|nanoTime)"
                + "|java\\.lang\\.Thread\\.sleep|java\\.util\\.concurrent\\.TimeUnit\\.sleep");
        return DescribedPredicate.describe(
                "reads the machine's clock or sleeps",
                call -> calls.matcher(call.getTargetOwner().getName() + "." + call.getName())
                        .matches());
    }

    @Test
    void publicTypes_areClosedToInheritance_exceptExceptions() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotAssignableTo(Throwable.class)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .orShould()
                .beEnums()
                .check(API);
    }

    @Test
    void exceptions_areImmutable() {
        fields().that()
                .areDeclaredInClassesThat()
                .areAssignableTo(Throwable.class)
                .should()
                .beFinal()
                .andShould()
                .bePrivate()
                .andShould()
                .notHaveModifier(JavaModifier.TRANSIENT)
                .check(API);
    }

    @Test
    void nothingThatIsKeptOrShown_holdsAToken() {
        noFields()
                .that()
                .areDeclaredInClassesThat()
                .areRecords()
                .or()
                .areDeclaredInClassesThat()
                .areAssignableTo(Throwable.class)
                .should()
                .haveRawType(DescribedPredicate.describe(
                        "a token or credential",
                        type -> type.isAssignableTo(AccessToken.class)
                                || type.getPackageName().startsWith("com.azure.core.credential")))
                .check(API);
    }

    @Test
    void model_knowsOnlyItselfAndExceptions() {
        noClasses()
                .that()
                .resideInAnyPackage("io.xtcmk.model", "io.xtcmk.exception", "io.xtcmk.internal")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.xtcmk", "io.xtcmk.spi", "reactor..")
                .check(API);
    }
}
