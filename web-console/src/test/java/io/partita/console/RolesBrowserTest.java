package io.partita.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.vaadin.flow.component.Component;
import io.partita.console.overview.OverviewView;
import io.partita.console.testing.Chromium;
import io.partita.console.testing.MemberProcess;
import io.partita.console.testing.Premises;
import io.partita.console.testing.SignIn;
import io.partita.security.Principal;
import io.partita.security.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page there is, one after the other, as somebody of each role sees it: open to those whom {@link Routes} names, closed to others, and asking members for nothing that they refuse. */
@Tag("slow")
@ExtendWith(Premises.Shared.class)
class RolesBrowserTest {

    private static final String CLOSED = "None of your roles opens this page";

    private static Premises premises;
    private static MemberProcess member;

    @BeforeAll
    static void start(Premises shared) {
        premises = shared;
        member = shared.member();
        PageAddresses.fill(member);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whoeverHasARoleFindsAllPagesOfItAndNoOthers(Role role) {
        Principal principal = new Principal("somebody", Principal.Kind.USER, Set.of(role), Principal.permissions(Set.of(role)), Optional.empty(), "");
        String name = "one-" + role.name().toLowerCase(Locale.ROOT);
        SignIn.person(member, name, role.name());
        Map<Class<? extends Component>, String> addresses = PageAddresses.all();
        List<String> findings = new ArrayList<>();
        try (Chromium.Window window = premises.chromium().strange(1280, 860, ColorScheme.LIGHT)) {
            Page page = window.page();
            SignIn.at(page, premises.url(), name, SignIn.PASSWORD);
            String first = addresses.getOrDefault(Routes.first(principal), "/");
            page.waitForURL(premises.url() + first);
            assertThat(page.locator("h1").first()).isVisible();
            addresses.forEach((view, address) -> {
                window.troubles().clear();
                window.failures().clear();
                if (Routes.allowed(view, principal)) {
                    opened(window, PageAddresses.name(view), address, findings);
                } else if (view == OverviewView.class) {
                    // Everybody's address: it leads to where they begin.
                    page.navigate(premises.url() + address);
                    page.waitForURL(premises.url() + first);
                } else {
                    refused(page, PageAddresses.name(view), address, findings);
                }
            });
        }
        assertThat(findings).isEmpty();
        assertThat(member.ask("/audit?who=%s&code=FORBIDDEN".formatted(name))).as("what the console asked for that a member refused").contains("\"events\":[]");
    }

    private static void opened(Chromium.Window window, String name, String address, List<String> findings) {
        Page page = window.page();
        page.navigate(premises.url() + address);
        assertThat(page.locator("h1").first()).isVisible();
        PageAddresses.settled(page);
        if (page.getByText(CLOSED).isVisible()) {
            findings.add(name + " is not open");
        }
        page.locator(".refusal-code:not(.specimen *)").allInnerTexts().stream().filter(code -> !code.isBlank()).forEach(code -> findings.add(name + " shows " + code));
        Stream.concat(window.troubles().stream(), window.failures().stream()).forEach(trouble -> findings.add(name + ": " + trouble));
    }

    private static void refused(Page page, String name, String address, List<String> findings) {
        page.navigate(premises.url() + address);
        assertThat(page.locator("h1").first()).isVisible();
        if (!page.getByText(CLOSED).isVisible()) {
            findings.add(name + " is open, or does not say that it is not");
        }
    }
}
