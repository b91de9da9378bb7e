package io.partita.console.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the house is made of, read from the compiled classes and the package descriptions of all five modules. The
 * console is the last one to be built, so its tests find the others there.
 *
 * @param rooms the modules, in the order of the root pom
 */
record House(List<Room> rooms) {

    static final String ROOT = "io.partita.";

    /** The folder with the root pom. */
    static final Path FOLDER = Path.of("..").toAbsolutePath().normalize();

    /** A module and its packages by name. */
    record Room(String module, SortedMap<String, Package> packages) {
    }

    /**
     * A package with classes.
     *
     * @param name        without {@value House#ROOT}
     * @param description first sentence of its description, or nothing
     * @param uses        packages of the house that its classes depend on
     */
    record Package(String name, String description, SortedSet<String> uses) {
    }

    /** Modules that have not been compiled; the house can be read only when there are none. */
    static List<String> missing() {
        return modules().stream().filter(module -> !Files.isDirectory(classes(module))).toList();
    }

    static House read() {
        return new House(modules().stream().map(module -> new Room(module, packages(module))).toList());
    }

    static List<String> modules() {
        try {
            Matcher module = Pattern.compile("<module>([a-z-]+)</module>").matcher(Files.readString(FOLDER.resolve("pom.xml")));
            List<String> modules = new ArrayList<>();
            while (module.find()) {
                modules.add(module.group(1));
            }
            return modules;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Package to the modules that have it, for packages that hold classes. */
    SortedMap<String, SortedSet<String>> modulesByPackage() {
        SortedMap<String, SortedSet<String>> modules = new TreeMap<>();
        rooms.forEach(room -> room.packages().keySet()
                .forEach(name -> modules.computeIfAbsent(name, _ -> new TreeSet<>()).add(room.module())));
        return modules;
    }

    /** Modules to the modules that their classes depend on. */
    Map<String, SortedSet<String>> usesByModule() {
        Map<String, SortedSet<String>> owners = modulesByPackage();
        Map<String, SortedSet<String>> uses = new TreeMap<>();
        for (Room room : rooms) {
            SortedSet<String> used = new TreeSet<>();
            room.packages().values().forEach(entry -> entry.uses().forEach(name -> used.addAll(owners.get(name))));
            used.remove(room.module());
            uses.put(room.module(), used);
        }
        return uses;
    }

    private static Path classes(String module) {
        return FOLDER.resolve(module).resolve("target/classes");
    }

    private static SortedMap<String, Package> packages(String module) {
        SortedMap<String, Package> packages = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter().importPath(classes(module))) {
            if (!inHouse(type)) {
                continue;
            }
            String name = shortName(type);
            SortedSet<String> uses = packages.computeIfAbsent(name,
                    _ -> new Package(name, description(module, type.getPackageName()), new TreeSet<>())).uses();
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(House::inHouse).map(House::shortName)
                    .filter(used -> !used.equals(name)).forEach(uses::add);
        }
        return packages;
    }

    private static boolean inHouse(JavaClass type) {
        return type.getPackageName().startsWith(ROOT);
    }

    private static String shortName(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }

    private static String description(String module, String packageName) {
        Path file = FOLDER.resolve(module).resolve("src/main/java").resolve(packageName.replace('.', '/'))
                .resolve("package-info.java");
        try {
            Matcher text = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL).matcher(Files.exists(file) ? Files.readString(file) : "");
            if (!text.find()) {
                return "";
            }
            String plain = text.group(1).replaceAll("(?m)^\\s*\\* ?", " ").replaceAll("\\{@\\w+ (?:[a-z]+\\.)*([^}]*)}", "$1")
                    .replaceAll("\\s+", " ").strip();
            return plain.split("(?<=\\.)\\s", 2)[0].replaceAll("\\.$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Source folders of packages that hold classes but no description. */
    static List<Path> undescribed() {
        List<Path> undescribed = new ArrayList<>();
        for (String module : modules()) {
            Path sources = FOLDER.resolve(module).resolve("src/main/java");
            try (Stream<Path> folders = Files.walk(sources)) {
                folders.filter(Files::isDirectory)
                        .filter(folder -> holds(folder, ".java") && !Files.exists(folder.resolve("package-info.java")))
                        .map(FOLDER::relativize).forEach(undescribed::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return undescribed;
    }

    private static boolean holds(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(ending));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
