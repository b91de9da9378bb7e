package io.partita.console.testing;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/** What keeps people from using a page, found by axe-core after the rules of WCAG 2.2, A and AA. */
public final class Axe {

    private static final List<String> TAGS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa");

    /**
     * What is on its way from one colour to another has neither. Shadow roots tell of their own transitions only, and one that ends can begin another where its colour is
     * inherited.
     */
    private static final String SETTLED = """
            () => {
                const roots = root => [root, ...[...root.querySelectorAll('*')].filter(each => each.shadowRoot).flatMap(each => roots(each.shadowRoot))];
                const moving = () => roots(document).flatMap(root => root.getAnimations())
                    .filter(each => each.playState !== 'finished' && each.effect.getComputedTiming().endTime < Infinity);
                for (let turn = 0; turn < 20 && moving().length > 0; turn++) {
                    moving().forEach(each => each.finish());
                }
            }""";

    private Axe() {
    }

    /** One line for each rule that is broken and each element that breaks it. */
    public static List<String> violations(Page page) {
        return found(page, new AxeBuilder(page).withTags(TAGS));
    }

    /** Of what depends on the theme: for a page that was looked at in another one. */
    public static List<String> contrast(Page page) {
        return found(page, new AxeBuilder(page).withRules(List.of("color-contrast", "link-in-text-block")));
    }

    private static List<String> found(Page page, AxeBuilder axe) {
        page.evaluate(SETTLED);
        return axe.setLegacyMode(true).analyze().getViolations().stream()
                .flatMap(rule -> rule.getNodes().stream().map(node -> rule.getId() + " at " + node.getTarget() + ": " + node.getHtml() + " (" + node.getFailureSummary().replace('\n', ' ') + ")"))
                .toList();
    }
}
