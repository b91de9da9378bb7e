package io.partita.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import io.partita.console.security.SignInView;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.security.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page of the console against every role, and against what is written about them. */
class RoutesTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "access.md");
    private static final String BEGIN = "<!-- pages -->\n";
    private static final String END = "<!-- end of pages -->";

    private static Principal of(Set<Role> roles, Optional<Set<Long>> accounts) {
        return new Principal("somebody", Principal.Kind.USER, roles, Principal.permissions(roles), accounts, "");
    }

    private static String path(Class<? extends Component> page) {
        return "/" + page.getAnnotation(Route.class).value().replaceAll("\\([^)]*\\)", "");
    }

    @Test
    void every_page_is_in_the_table() {
        Set<String> pages = new ClassFileImporter().importPath(Path.of("target/classes/io/partita")).stream().filter(type -> type.isAnnotatedWith(Route.class)).map(JavaClass::getName)
                .collect(Collectors.toSet());
        pages.remove(SignInView.class.getName());
        assertThat(Routes.rules().keySet().stream().map(Class::getName)).hasSizeGreaterThan(25).containsExactlyInAnyOrderElementsOf(pages);
    }

    @Test
    void without_a_role_there_is_nothing_but_the_profile_and_how_pages_are_made() {
        assertThat(Routes.rules().keySet().stream().filter(page -> Routes.allowed(page, of(Set.of(), Optional.empty()))).map(RoutesTest::path)).containsExactlyInAnyOrder("/profile", "/components");
        assertThat(Routes.allowed(String.class, of(EnumSet.allOf(Role.class), Optional.empty()))).as("what is in no table").isFalse();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void a_role_opens_what_is_written_and_begins_with_one_of_that(Role role) throws IOException {
        Map<String, String> written = Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("| `/")).map(line -> line.split(" *\\| *", -1))
                .filter(cells -> cells.length > 4 && cells[1].startsWith("`/")).collect(Collectors.toMap(cells -> cells[1].replace("`", ""), cells -> cells[3], (one, other) -> one));
        Principal principal = of(Set.of(role), Optional.empty());
        Routes.rules().keySet().forEach(page -> assertThat(Routes.allowed(page, principal)).as("%s for %s", path(page), role)
                .isEqualTo(List.of(written.get(path(page)).split(", ")).contains(role.name().toLowerCase(Locale.ROOT)) || Routes.rules().get(page).permissions().isEmpty()));
        assertThat(Routes.allowed(Routes.first(principal), principal)).isTrue();
    }

    @Test
    void those_who_are_bound_to_accounts_see_no_page_about_everybodys() {
        Principal bound = of(EnumSet.allOf(Role.class), Optional.of(Set.of(7L)));
        assertThat(Routes.rules().keySet().stream().filter(page -> Routes.allowed(page, bound)).map(RoutesTest::path))
                .contains("/accounts/:account", "/markets/:symbol").doesNotContain("/accounts", "/portfolios", "/risk", "/limits", "/kill-switches", "/audit", "/approvals");
    }

    @Test
    void the_document_shows_the_table() throws IOException {
        String text = Files.readString(DOCUMENT);
        Path fresh = Path.of("target/pages.md");
        Files.writeString(fresh, table());
        assertThat(text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END)).equals(table()))
                .as("docs/access.md lists other pages than there are. Look at web-console/target/pages.md, then put it between the marks.").isTrue();
    }

    private static String table() {
        return Routes.rules().entrySet().stream().sorted(Comparator.comparing(rule -> path(rule.getKey()))).map(rule -> "| `%s` | %s | %s | %s |\n".formatted(path(rule.getKey()),
                        permissions(rule.getValue()), roles(rule.getKey()), rule.getValue().everybodys() ? "refused" : ""))
                .collect(Collectors.joining("", "| page | needs | roles that open it | bound to accounts |\n|---|---|---|---|\n", ""));
    }

    private static String permissions(Routes.Rule rule) {
        return rule.permissions().isEmpty() ? "being signed in" : rule.permissions().stream().map(Permission::scope).sorted().map(scope -> "`" + scope + "`").collect(Collectors.joining(", "));
    }

    private static String roles(Class<? extends Component> page) {
        List<Role> roles = Stream.of(Role.values()).filter(role -> Routes.allowed(page, of(Set.of(role), Optional.empty()))).toList();
        return roles.size() == Role.values().length ? "all" : roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
    }
}
