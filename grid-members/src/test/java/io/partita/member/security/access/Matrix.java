package io.partita.member.security.access;

import io.partita.security.Permission;
import io.partita.security.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What docs/access.md says, as somebody reads it who knows nothing of the code. */
final class Matrix {

    private static final Path DOCUMENT = Path.of("..", "docs", "access.md");

    private final Map<Role, Set<Permission>> roles = new EnumMap<>(Role.class);
    private final List<Line> lines = new ArrayList<>();

    /** One address. @param needs nothing, to be signed in, or a permission */
    record Line(String method, String path, String needs, String own) {

        boolean open() {
            return needs.equals("nothing");
        }

        Optional<Permission> permission() {
            return Permission.of(needs);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Matrix read() throws IOException {
        Matrix matrix = new Matrix();
        boolean addresses = false;
        for (String line : Files.readAllLines(DOCUMENT)) {
            addresses |= line.equals("<!-- addresses -->");
            List<String> cells = Arrays.stream(line.split("\\|", -1)).map(cell -> cell.replace("`", "").strip()).toList();
            if (addresses && cells.size() == 6 && cells.get(2).startsWith("/")) {
                matrix.lines.add(new Line(cells.get(1), cells.get(2), cells.get(3), cells.get(4)));
            } else if (!addresses && cells.size() == Role.values().length + 3 && Permission.of(cells.get(1)).isPresent()) {
                for (Role role : Role.values()) {
                    if (cells.get(role.ordinal() + 2).equals("yes")) {
                        matrix.roles.computeIfAbsent(role, fresh -> EnumSet.noneOf(Permission.class)).add(Permission.of(cells.get(1)).orElseThrow());
                    }
                }
            }
        }
        return matrix;
    }

    List<Line> lines() {
        return lines;
    }

    /** Whether a role may. */
    boolean allows(Role role, Line line) {
        return line.permission().map(permission -> roles.get(role).contains(permission)).orElse(true);
    }
}
