package io.xtcmk;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every public signature is written down in {@code public-api.txt}, so that a change of the API is a change of that file.
 * {@code -DupdatePublicApi=true} writes it anew.
 */
class PublicApiTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "public-api.txt");
    private static final List<String> EXPORTED =
            List.of("io.xtcmk", "io.xtcmk.exception", "io.xtcmk.model", "io.xtcmk.spi");

    @Test
    void signatures_areThoseWrittenDown() throws IOException {
        String now = render();
        if (Boolean.getBoolean("updatePublicApi")) {
            Files.writeString(GOLDEN, now);
        }
        assertThat(now)
                .as("the public API has changed; if that is meant, run again with -DupdatePublicApi=true")
                .isEqualTo(Files.readString(GOLDEN).replace("\r\n", "\n"));
    }

    private static String render() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.xtcmk").stream()
                        .filter(type -> EXPORTED.contains(type.getPackageName()))
                        .map(JavaClass::reflect)
                        .filter(PublicApiTest::isVisible)
                        .sorted((a, b) -> a.getName().compareTo(b.getName()))
                        .map(PublicApiTest::type)
                        .collect(Collectors.joining("\n"));
    }

    private static boolean isVisible(Class<?> type) {
        return isVisible(type.getModifiers())
                && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String type(Class<?> type) {
        Stream<String> fields = Arrays.stream(type.getDeclaredFields())
                .filter(f -> isVisible(f.getModifiers()))
                .map(PublicApiTest::field);
        Stream<String> constructors = Arrays.stream(type.getDeclaredConstructors())
                .filter(c -> isVisible(c.getModifiers()))
                .map(PublicApiTest::constructor);
        Stream<String> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(m -> isVisible(m.getModifiers()) && !m.isSynthetic())
                .map(PublicApiTest::method);
        return heading(type) + "\n"
                + Stream.concat(fields, Stream.concat(constructors, methods))
                        .sorted()
                        .map(line -> "    " + line + "\n")
                        .collect(Collectors.joining());
    }

    private static String heading(Class<?> type) {
        String kind = type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
        String modifiers = Modifier.isFinal(type.getModifiers()) && kind.equals("class") ? "final " : "";
        Type parent = type.getGenericSuperclass();
        String extended = !kind.equals("class") || parent == Object.class ? "" : " extends " + parent.getTypeName();
        String interfaces = types(type.getGenericInterfaces());
        String variables = type.getTypeParameters().length == 0 ? "" : variables(type.getTypeParameters());
        return modifiers + kind + " " + type.getName() + variables + extended
                + (interfaces.isEmpty() ? "" : " implements " + interfaces);
    }

    private static String variables(java.lang.reflect.TypeVariable<?>... variables) {
        return Arrays.stream(variables)
                .map(v -> v + " extends " + types(v.getBounds()))
                .collect(Collectors.joining(", ", "<", ">"));
    }

    private static String field(Field field) {
        return Modifier.toString(field.getModifiers()) + " "
                + (field.isEnumConstant() ? "" : field.getGenericType().getTypeName() + " ") + field.getName();
    }

    private static String constructor(Constructor<?> constructor) {
        return Modifier.toString(constructor.getModifiers()) + " new(" + types(constructor.getGenericParameterTypes())
                + ")" + thrown(constructor);
    }

    private static String method(Method method) {
        String variables = method.getTypeParameters().length == 0 ? "" : variables(method.getTypeParameters()) + " ";
        return Modifier.toString(method.getModifiers()) + (method.isDefault() ? " default " : " ") + variables
                + method.getGenericReturnType().getTypeName() + " " + method.getName() + "("
                + types(method.getGenericParameterTypes()) + ")" + thrown(method);
    }

    private static String thrown(Executable executable) {
        String types = types(executable.getGenericExceptionTypes());
        return types.isEmpty() ? "" : " throws " + types;
    }

    private static String types(Type... types) {
        return Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
    }
}
