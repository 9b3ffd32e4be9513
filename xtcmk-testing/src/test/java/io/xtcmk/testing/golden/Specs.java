package io.xtcmk.testing.golden;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Azure's published specifications: their operations and the examples of them. */
final class Specs {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete", "head");

    private final SpecFiles files;
    private final List<Operation> operations = new ArrayList<>();

    Specs(Path folder) {
        files = new SpecFiles(folder);
        for (Node specification : files.specifications()) {
            for (String paths : List.of("paths", "x-ms-paths")) {
                specification
                        .entries(paths)
                        .forEach((template, item) -> METHODS.stream()
                                .filter(item::has)
                                .sorted()
                                .forEach(method -> operations.add(Operation.of(item, template, method))));
            }
        }
    }

    /** Every example of every operation. */
    List<Example> examples() {
        return operations.stream()
                .flatMap(o -> o.examples().values().stream().map(e -> example(o, e)))
                .toList();
    }

    private Example example(Operation operation, Node reference) {
        Node example = reference.followed();
        return new Example(files.name(example.file()), operation, example.json());
    }

    /** The operation of a method on a path without parameters. */
    Optional<Operation> find(String method, String path) {
        return operations.stream()
                .filter(o -> o.method().equals(method) && o.serves(path))
                .findFirst();
    }
}
