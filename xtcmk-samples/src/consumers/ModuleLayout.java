import java.io.File;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Splits a class path as Maven does for a project with a module descriptor: what the project's module requires, directly or
 * not, becomes the module path; the rest remains the class path.
 */
final class ModuleLayout {
    private ModuleLayout() {}

    /**
     * Prints the module path and the class path, a line each.
     *
     * @param arguments the name of the project's module, and the whole class path
     */
    public static void main(String[] arguments) {
        Set<Path> classPath = new LinkedHashSet<>();
        Map<String, ModuleReference> modules = new LinkedHashMap<>();
        for (String entry : arguments[1].split(File.pathSeparator)) {
            Path path = Path.of(entry);
            classPath.add(path);
            module(path).forEach(module -> modules.putIfAbsent(module.descriptor().name(), module));
        }
        Set<Path> modulePath = new LinkedHashSet<>();
        Queue<String> names = new ArrayDeque<>(Set.of(arguments[0]));
        while (!names.isEmpty()) {
            ModuleReference module = modules.remove(names.remove());
            if (module != null) {
                modulePath.add(Path.of(module.location().orElseThrow()));
                names.addAll(required(module.descriptor()));
            }
        }
        classPath.removeAll(modulePath);
        System.out.println(joined(modulePath));
        System.out.println(joined(classPath));
    }

    /** The module of a jar or folder; none if its file's name makes no module name. */
    private static Set<ModuleReference> module(Path path) {
        try {
            return ModuleFinder.of(path).findAll();
        } catch (FindException e) {
            return Set.of();
        }
    }

    private static Set<String> required(ModuleDescriptor module) {
        return module.requires().stream()
                .filter(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
                .map(Requires::name)
                .collect(Collectors.toSet());
    }

    private static String joined(Collection<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
