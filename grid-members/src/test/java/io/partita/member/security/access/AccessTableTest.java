package io.partita.member.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.security.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;

class AccessTableTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "access.md");

    private final AccessTable table = new AccessTable();

    private AccessTable.Found find(String method, String path) {
        return table.find(method, PathContainer.parsePath(path));
    }

    @Test
    void the_document_says_what_the_table_says() throws IOException {
        String kept = Files.readString(DOCUMENT);
        String fresh = between(between(kept, "roles", AccessDocument.roles()), "addresses", AccessDocument.addresses(table));
        Path made = Path.of("target", "access.md");
        Files.writeString(made, fresh);
        assertThat(kept.equals(fresh)).as("docs/access.md differs from the table of access; look at the new one, then keep it: cp grid-members/target/access.md docs/access.md").isTrue();
    }

    private static String between(String text, String name, String content) {
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- end of " + name + " -->";
        return text.substring(0, text.indexOf(begin) + begin.length()) + content + text.substring(text.indexOf(end));
    }

    @Test
    void no_address_stands_in_it_twice() {
        assertThat(table.rules()).extracting(AccessRule::toString).doesNotHaveDuplicates();
    }

    @Test
    void an_account_that_a_path_is_said_to_have_is_there() {
        assertThat(table.rules()).filteredOn(rule -> rule.own() instanceof Own.InPath)
                .allMatch(rule -> rule.own() instanceof Own.InPath(String variable) && rule.path().contains("{" + variable + "}"));
    }

    @Test
    void what_is_not_in_it_is_there_for_nobody() {
        assertThat(find("GET", "/api/v1/nothing").rule()).isEmpty();
        assertThat(find("GET", "/api/v1/accounts/1/unknown").rule()).isEmpty();
        assertThat(find("GET", "/actuator/env").rule()).isEmpty();
        assertThat(find("GET", "/").rule()).isEmpty();
        assertThat(find("GET", "").rule()).isEmpty();
    }

    @Test
    void another_spelling_of_an_address_is_none() {
        for (String path : List.of("//api/v1/grid", "/api//v1/grid", "/api/v1/grid/", "/API/v1/grid", "/api/v1/./grid", "/%61pi/v1/grid", "/api/v1/%67rid", "/api/v1/grid;a=b", "api/v1/grid")) {
            assertThat(find("GET", path).rule()).as(path).isEmpty();
        }
    }

    @Test
    void a_method_that_an_address_does_not_know_is_told_from_an_address_that_there_is_not() {
        assertThat(find("DELETE", "/api/v1/accounts/7").allowed()).containsExactly("GET", "PATCH");
        assertThat(find("DELETE", "/api/v1/nothing").allowed()).isEmpty();
    }

    @Test
    void the_most_special_pattern_decides_and_head_is_a_get() {
        assertThat(find("HEAD", "/api/v1/marketdata/rules/words").rule().orElseThrow().path()).isEqualTo("/api/v1/marketdata/rules/words");
        assertThat(find("PUT", "/api/v1/marketdata/rules/words").rule().orElseThrow().path()).isEqualTo("/api/v1/marketdata/rules/{name}");
    }

    @Test
    void a_command_never_needs_a_permission_of_those_who_change_nothing_but_to_have_risk_computed() {
        assertThat(table.rules()).filteredOn(rule -> !rule.method().equals("GET") && rule.need() instanceof Need.To(Permission permission) && permission.scope().endsWith(":read"))
                .allMatch(rule -> rule.path().startsWith("/api/v1/risk/portfolios/{code}/"));
    }
}
