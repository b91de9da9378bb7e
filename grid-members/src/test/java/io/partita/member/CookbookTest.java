package io.partita.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.partita.member.testing.TestMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/cookbook.md, run as it stands there: every block in its order, in one bash, with the curl of this machine. */
class CookbookTest {

    private static final Path PAGE = Path.of("..", "docs", "cookbook.md");
    /** A block; then the statuses of its requests in their order, and the answer to the last one if it has a body. */
    private static final Pattern BLOCK = Pattern.compile("```bash\\n(.*?)```\\n(?:\\n?\\*\\*([0-9, ]+)\\*\\*\\n(?:\\n?```json\\n(.*?)```\\n)?)?", Pattern.DOTALL);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TestMember MEMBER = TestMember.start(Map.of("partita.security.four-eyes", "limit-change,kill-switch-release,reversal"));

    @TempDir
    private Path folder;

    /** @param answer null where the page shows none */
    private record Block(String code, String statuses, String answer) {
    }

    @BeforeAll
    static void ready() {
        MEMBER.awaitReady();
    }

    @AfterAll
    static void close() {
        MEMBER.close();
    }

    private static boolean there(String program) {
        return Arrays.stream(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @Test
    void every_block_answers_as_the_page_says() throws Exception {
        assumeTrue(there("bash"), "needs the package bash");
        assumeTrue(there("curl"), "needs the package curl");
        List<Block> blocks = blocks();
        assertThat(blocks).hasSizeGreaterThan(20);
        Process bash = new ProcessBuilder("bash", script(blocks).toString()).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        assertThat(bash.waitFor(3, TimeUnit.MINUTES)).as("it ended").isTrue();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            check(wrong, blocks.get(i), i);
        }
        assertThat(wrong).as(Files.readString(folder.resolve("log"))).isEmpty();
    }

    private static List<Block> blocks() throws IOException {
        Matcher found = BLOCK.matcher(Files.readString(PAGE));
        List<Block> blocks = new ArrayList<>();
        while (found.find()) {
            blocks.add(new Block(found.group(1), found.group(2), found.group(3)));
        }
        return blocks;
    }

    /** Beside each request its status is written down, and beside each block what it has printed. */
    private Path script(List<Block> blocks) throws IOException {
        Files.createSymbolicLink(folder.resolve("data"), MEMBER.data());
        StringBuilder script = new StringBuilder("""
                BLOCK=0
                curl() {
                  command curl --max-time 60 -D head "$@" && sed -n 's/^HTTP[^ ]* \\([0-9]*\\).*/\\1/p' head | tail -n 1 >> status.$BLOCK
                }
                """);
        for (int i = 0; i < blocks.size(); i++) {
            script.append("BLOCK=").append(i).append("\n{\n").append(blocks.get(i).code().replace("localhost:8080", "localhost:" + MEMBER.port())).append("} > answer.").append(i).append('\n');
        }
        return Files.writeString(folder.resolve("script"), script);
    }

    private void check(List<String> wrong, Block block, int number) throws IOException {
        Path status = folder.resolve("status." + number);
        String statuses = Files.exists(status) ? String.join(", ", Files.readAllLines(status)) : "none";
        String printed = Files.exists(folder.resolve("answer." + number)) ? Files.readString(folder.resolve("answer." + number)) : "nothing";
        if (!statuses.equals(block.statuses())) {
            wrong.add("%s\nanswers %s and not %s: %s".formatted(block.code(), statuses, block.statuses(), printed));
        } else if (block.answer() != null) {
            difference("", JSON.readTree(block.answer()), last(printed), block, wrong);
        }
    }

    /** Of several answers in a row. */
    private static JsonNode last(String printed) {
        JsonNode last = null;
        try (JsonParser parser = JSON.createParser(printed)) {
            while (parser.nextToken() != null) {
                last = parser.readValueAsTree();
            }
        }
        return last;
    }

    private static void difference(String at, JsonNode written, JsonNode real, Block block, List<String> wrong) {
        if (written.isString() && written.asString().equals("…") && real != null && !real.isMissingNode()) {
            return;
        }
        if (real == null || written.getNodeType() != real.getNodeType()) {
            wrong.add("%s\nhas %s at %s and not %s".formatted(block.code(), real, at, written));
        } else if (written.isObject()) {
            written.properties().forEach(one -> difference(at + "/" + one.getKey(), one.getValue(), real.get(one.getKey()), block, wrong));
        } else if (written.isArray()) {
            for (int i = 0; i < written.size(); i++) {
                difference(at + "/" + i, written.get(i), real.get(i), block, wrong);
            }
        } else if (!written.equals(real) && !(written.isString() && like(written.asString(), real.asString()))) {
            wrong.add("%s\nhas %s at %s and not %s".formatted(block.code(), real, at, written));
        }
    }

    /** The page may leave out a part of a text. */
    private static boolean like(String written, String real) {
        return real.matches(Arrays.stream(written.split("…", -1)).map(Pattern::quote).reduce((a, b) -> a + ".*" + b).orElseThrow());
    }
}
