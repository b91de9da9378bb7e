package io.partita.member.database;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL refuses to run as root: then it is given a user namespace of its own, in which it is nobody. */
final class Privileges {

    static final File NOTHING = new File("/dev/null");

    private Privileges() {
    }

    /** What to put before a command. */
    static List<String> dropped() {
        return System.getProperty("user.name").equals("root") && Files.isExecutable(Path.of("/usr/bin/unshare"))
                ? List.of("/usr/bin/unshare", "-U") : List.of();
    }
}
