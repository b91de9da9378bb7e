package io.partita.member.cli;

import io.partita.marketdata.anomaly.Severity;
import io.partita.member.marketdata.rules.RuleClient;
import io.partita.member.marketdata.rules.RuleJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./partita rules}: the alert rules that people write. */
@Command(name = "rules", synopsisSubcommandLabel = "list|show|add|change|remove|try|words", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Alert rules over bars, indicators and anomalies: what there is, another one, and what one would have said.")
final class RulesCommand implements Runnable {

    @Option(names = "--member", paramLabel = "URL", defaultValue = "http://127.0.0.1:8080", scope = ScopeType.INHERIT, description = "A member (${DEFAULT-VALUE}).")
    private URI member;

    @Mixin
    private KeyOption key;

    @Spec
    private CommandSpec spec;

    /** What is judged. */
    static final class Judged {

        @Option(names = "--condition", required = true, paramLabel = "CEL", description = "True of what people want to hear of: 'rsi(14) < 30'.")
        private String condition;

        @Option(names = "--size", paramLabel = "1s|1m|5m|1h|1d", description = "Of the bars (1m).")
        private String size;

        @Option(names = "--symbols", split = ",", paramLabel = "SYMBOL", description = "Instruments (all).")
        private List<String> symbols = List.of();

        @Option(names = "--severity", description = "Of the alerts: ${COMPLETION-CANDIDATES} (WARNING).")
        private Severity severity;
    }

    /** A rule but for its name. */
    static final class Wish {

        @Mixin
        private Judged judged;

        @Option(names = "--off", description = "Keep it without judging it.")
        private boolean off;

        @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
        private String description;

        @Option(names = "--actor", required = true, paramLabel = "NAME", description = "Who wants it.")
        private String actor;

        private RuleJson.Wanted named(String name) {
            return new RuleJson.Wanted(name, judged.condition, judged.size, judged.symbols, judged.severity, !off, description, actor);
        }
    }

    /** A question to a member. */
    private interface Question<T> {

        RuleClient.Answer<T> ask(RuleClient rules) throws IOException, InterruptedException;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: partita rules list");
    }

    @Command(description = "All rules.")
    int list() {
        return told(RuleClient::all, all -> all.forEach(this::line));
    }

    @Command(description = "One rule.")
    int show(@Parameters(paramLabel = "NAME") String name) {
        return told(rules -> rules.find(name), this::print);
    }

    @Command(description = "A new rule.")
    int add(@Parameters(paramLabel = "NAME") String name, @Mixin Wish wish) {
        return told(rules -> rules.add(wish.named(name)), this::print);
    }

    @Command(description = "Another rule in place of one: what is left out is as usual.")
    int change(@Parameters(paramLabel = "NAME") String name, @Mixin Wish wish) {
        return told(rules -> rules.replace(wish.named(name)), this::print);
    }

    @Command(description = "Take a rule away; its alerts stay.")
    int remove(@Parameters(paramLabel = "NAME") String name) {
        return told(rules -> rules.remove(name), _ -> { });
    }

    @Command(name = "try", description = "What a rule would have said of the bars and anomalies that the grid has.")
    int tried(@Mixin Judged judged, @Option(names = "--from", paramLabel = "TIME", description = "Since then.") Instant from,
              @Option(names = "--to", paramLabel = "TIME", description = "Until then.") Instant to) {
        return told(rules -> rules.tried(new RuleJson.Trial(judged.condition, judged.size, judged.symbols, judged.severity, from, to)), this::print);
    }

    @Command(description = "What there is to write rules with.")
    int words() {
        return told(RuleClient::words, words -> {
            new TreeMap<>(words.words()).forEach((word, type) -> out().printf("  %-32s %s%n", word, type));
            words.functions().forEach(function -> out().printf("  %s(...)%n", function));
        });
    }

    private <T> int told(Question<T> question, Consumer<T> show) {
        try (RuleClient rules = RuleClient.of(member, key.key())) {
            return switch (question.ask(rules)) {
                case RuleClient.Done<T> done -> {
                    show.accept(done.value());
                    out().flush();
                    yield 0;
                }
                case RuleClient.Refused<T> refused -> {
                    complain(refused.code() + ": " + refused.detail());
                    refused.flaws().forEach(flaw -> spec.commandLine().getErr().println("  " + flaw));
                    yield 1;
                }
            };
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage() + ".");
        } catch (IOException unreachable) {
            complain("no member answers at " + member + ". Start one with ./partita run, or say where it is with --member URL.");
            return 1;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private void complain(String text) {
        spec.commandLine().getErr().println("partita: " + text);
    }

    private void line(RuleJson.Rule rule) {
        out().printf("  %-24s %-7s %-4s %-9s %s%n", rule.name(), rule.status(), rule.size(), rule.severity(), rule.condition());
    }

    private void print(RuleJson.Rule rule) {
        line(rule);
        if (!rule.symbols().isEmpty()) {
            out().println("      of " + String.join(", ", rule.symbols()));
        }
        if (rule.failure() != null) {
            out().println("      " + rule.failure().message());
        }
    }

    private void print(RuleJson.Tried tried) {
        out().printf("  judged %,d, absent %,d, matched %,d, alerts %,d, suppressed %,d%n", tried.judged(), tried.absent(), tried.matched(), tried.alerts(), tried.suppressed());
        tried.hits().forEach(hit -> out().printf("  %s  %-12s %,4d bars  %s%n", hit.from(), hit.symbol(), hit.bars(), hit.explanation()));
        if (tried.failure() != null) {
            out().println("  " + tried.failure());
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
