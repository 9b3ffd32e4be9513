package io.xtcmk.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Javadoc's examples compile, with no more around them than {@code javadoc-example.txt} has. */
class JavadocExamplesTest {
    private static final List<Path> MODULES =
            List.of(Path.of("../xtcmk-api/src/main/java"), Path.of("../xtcmk-testing/src/main/java"));
    private static final Pattern EXPORTS = Pattern.compile("exports ([\\w.]+)");
    private static final Pattern BLOCK = Pattern.compile("<pre>\\{@code(.*?)}</pre>|<pre>(.*?)</pre>", Pattern.DOTALL);

    @TempDir
    private Path classes;

    @Test
    void examples_compile() throws IOException {
        assertThat(errors(examples())).isEmpty();
    }

    @Test
    void examples_areFound() throws IOException {
        assertThat(examples())
                .extracting(Example::toString)
                .contains("CrossTenantCmk.java", "FakeAzureAssertions.java", "FakeAzureExtension.java");
    }

    @Test
    void wrongExample_isFound() throws IOException {
        assertThat(errors(List.of(new Example("Wrong.java", 0, "account.nothing();"))))
                .singleElement()
                .asString()
                .contains("nothing()");
    }

    private List<Diagnostic<?>> errors(List<Example> examples) {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, options, null, examples)
                .call();
        return problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .collect(Collectors.toList());
    }

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (Path module : MODULES) {
            for (String exported : exports(module)) {
                try (Stream<Path> files = Files.list(module.resolve(exported.replace('.', '/')))) {
                    for (Path file :
                            files.filter(f -> f.toString().endsWith(".java")).toList()) {
                        addAll(examples, file);
                    }
                }
            }
        }
        return examples;
    }

    private static List<String> exports(Path module) throws IOException {
        return EXPORTS.matcher(Files.readString(module.resolve("module-info.java")))
                .results()
                .map(export -> export.group(1))
                .toList();
    }

    private static void addAll(List<Example> examples, Path file) throws IOException {
        String name = file.getFileName().toString();
        for (MatchResult block : BLOCK.matcher(Files.readString(file)).results().toList()) {
            examples.add(new Example(name, examples.size(), code(block)));
        }
    }

    private static String code(MatchResult block) {
        String javadoc = block.group(1) == null ? block.group(2) : block.group(1);
        return javadoc.replaceAll("(?m)^ *\\* ?", "")
                .replace("&#64;", "@")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    /** A source file of one example: a class, or statements. */
    private static final class Example extends SimpleJavaFileObject {
        private final String file;
        private final String source;

        Example(String file, int number, String code) throws IOException {
            super(URI.create("string:///Example" + number + ".java"), Kind.SOURCE);
            this.file = file;
            String frame = Files.readString(Path.of("src/test/resources/javadoc-example.txt"));
            String body =
                    Pattern.compile("^class ", Pattern.MULTILINE).matcher(code).find()
                            ? code
                            : "void example() throws Exception {\n" + code + "\n}";
            source = frame.replace("EXAMPLE", "Example" + number)
                    .replaceFirst("(?m)^ *CODE$", Matcher.quoteReplacement("// " + file + "\n" + body));
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }

        @Override
        public String toString() {
            return file;
        }
    }
}
