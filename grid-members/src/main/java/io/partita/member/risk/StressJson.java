package io.partita.member.risk;

import static io.partita.member.rest.Fields.required;

import io.partita.member.rest.Caller;
import io.partita.member.rest.Fields;
import io.partita.member.rest.RequestProblem;
import io.partita.member.risk.RiskJson.LeftOut;
import io.partita.member.risk.StressScenario.Deviations;
import io.partita.member.risk.StressScenario.Direction;
import io.partita.member.risk.StressScenario.Scope;
import io.partita.member.risk.StressScenario.Shock;
import io.partita.money.Currency;
import io.partita.positions.PositionRefused;
import io.partita.positions.product.Terms;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Scenarios and what they do to portfolios, as REST tells it. */
public final class StressJson {

    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final int MOST_SHOCKS = 200;
    private static final double MOST_MOVE = 10;
    private static final double MOST_RATE = 0.2;
    private static final double MOST_DEVIATIONS = 50;
    private static final Set<AssetKind> PRICED = EnumSet.of(AssetKind.EQUITY, AssetKind.BOND, AssetKind.FUTURE, AssetKind.CURRENCY_PAIR, AssetKind.FX_FORWARD);

    private StressJson() {
    }

    @Schema(name = "StressShock")
    public record OneShock(@Schema(description = "KIND, CURRENCY or SYMBOL") String scope, @Schema(description = "as EQUITY, USD or AAPL") String of,
                           @Schema(description = "relative: -0.25 is a quarter less") Double move) {
    }

    @Schema(name = "StressDeviations")
    public record Moved(@Schema(description = "of daily standard deviations") Double count, @Schema(description = "AGAINST the portfolio, UP or DOWN") String direction) {
    }

    @Schema(name = "StressScenarioWanted")
    public record Wanted(String name, @Schema(description = "where its figures come from") String source, List<OneShock> shocks,
                         @Schema(description = "by what part all volatilities rise") Double volatility,
                         @Schema(description = "by how much the rate of options and yields of bonds rise") Double rate, Moved deviations,
                         @Schema(description = Caller.ACTOR) String actor) {

        /** Throws a {@link RequestProblem} that names the field for what cannot be. @param by who makes it */
        StressScenario checked(String code, String by) {
            if (!CODE.matcher(code).matches()) {
                throw RequestProblem.parameter("code", "has 1 to 40 small letters, digits and -");
            }
            List<OneShock> all = shocks == null ? List.of() : shocks;
            if (all.size() > MOST_SHOCKS) {
                throw RequestProblem.field("shocks", "are " + MOST_SHOCKS + " at most");
            }
            Set<String> named = new HashSet<>();
            List<Shock> checked = IntStream.range(0, all.size()).mapToObj(i -> {
                Shock shock = shock("shocks[" + i + "]", all.get(i));
                if (!named.add(shock.scope() + " " + shock.of())) {
                    throw RequestProblem.field("shocks[" + i + "]", "is of " + shock.of() + " once more");
                }
                return shock;
            }).toList();
            double swing = number("volatility", volatility == null ? 0 : volatility, -1, MOST_MOVE);
            double shift = number("rate", rate == null ? 0 : rate, -MOST_RATE, MOST_RATE);
            Deviations moved = deviations == null ? null : new Deviations(number("deviations.count", required("deviations.count", deviations.count), 0, MOST_DEVIATIONS),
                    one("deviations.direction", Direction.class, deviations.direction));
            if (checked.isEmpty() && swing == 0 && shift == 0 && moved == null) {
                throw RequestProblem.field("shocks", "are none, and nothing else moves");
            }
            return new StressScenario(code, Fields.text("name", name), Fields.text("source", source), checked, swing, shift, moved, false, by);
        }

        private static Shock shock(String field, OneShock told) {
            required(field, told);
            Scope scope = one(field + ".scope", Scope.class, told.scope);
            String of = required(field + ".of", told.of);
            switch (scope) {
                case KIND -> {
                    if (!PRICED.contains(one(field + ".of", AssetKind.class, of))) {
                        throw RequestProblem.field(field + ".of", "is one of " + PRICED);
                    }
                }
                case CURRENCY -> Currency.find(of).filter(currency -> !currency.isUnit()).orElseThrow(() -> RequestProblem.field(field + ".of", "is a currency"));
                case SYMBOL -> {
                    try {
                        Terms.symbol(of);
                    } catch (PositionRefused none) {
                        throw RequestProblem.field(field + ".of", "is a symbol");
                    }
                }
            }
            double move = number(field + ".move", required(field + ".move", told.move), -1, MOST_MOVE);
            if (move == -1) {
                throw RequestProblem.field(field + ".move", "is above -1");
            }
            return new Shock(scope, of, move);
        }

        private static double number(String field, double value, double least, double most) {
            if (!(value >= least && value <= most)) {
                throw RequestProblem.field(field, "is " + least + " to " + most);
            }
            return value;
        }

        private static <E extends Enum<E>> E one(String field, Class<E> type, String text) {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equals(text)) {
                    return constant;
                }
            }
            throw RequestProblem.field(field, "is one of " + List.of(type.getEnumConstants()));
        }
    }

    @Schema(name = "StressScenario")
    public record Scenario(String code, String name, String source, List<OneShock> shocks, double volatility, double rate, Moved deviations,
                           @Schema(description = "one of the library, which stays as it is") boolean fixed, String actor) {

        static Scenario of(StressScenario scenario) {
            return new Scenario(scenario.code(), scenario.name(), scenario.source(),
                    scenario.shocks().stream().map(shock -> new OneShock(shock.scope().name(), shock.of(), shock.move())).toList(), scenario.volatility(), scenario.rate(),
                    scenario.deviations() == null ? null : new Moved(scenario.deviations().count(), scenario.deviations().direction().name()), scenario.fixed(), scenario.actor());
        }
    }

    @Schema(name = "StressedPosition")
    record OfPosition(String symbol, String profit) {
    }

    @Schema(name = "StressedFactor")
    record OfFactor(@Schema(description = "a symbol, a currency, VOLATILITY or RATE") String factor, String profit) {
    }

    @Schema(name = "StressOfScenario")
    record OfScenario(String code, String name, String profit, List<OfPosition> positions, List<OfFactor> factors,
                      @Schema(description = "what factors do to each other") String together, List<LeftOut> left) {
    }

    @Schema(name = "PortfolioStress")
    record Stressed(String portfolio, String base, LocalDate day, double rate, String worth, List<OfScenario> scenarios, List<LeftOut> left) {
    }

    @Schema(name = "StressGrid")
    record Grid(String portfolio, String base, LocalDate day, double rate, double[] spot, double[] volatility,
                @Schema(description = "a row for each of spot") List<List<String>> profit, List<LeftOut> left) {
    }

    @Schema(name = "ReverseStressFactor")
    record Moving(String symbol, @Schema(description = "relative") double move, @Schema(description = "in standard deviations over the horizon") double deviations) {
    }

    @Schema(name = "ReverseStress")
    record Reversed(String portfolio, String base, LocalDate day, String loss, int horizon, double rate, @Schema(description = "in standard deviations") double distance,
                    @Schema(description = "of going at least so far that way, were factors normal") double probability, int iterations, List<Moving> factors,
                    List<OfPosition> positions, List<LeftOut> left, String version, String inputs) {
    }
}
