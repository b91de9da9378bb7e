package io.partita.member.risk;

import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import io.partita.member.risk.StressScenario.Deviations;
import io.partita.member.risk.StressScenario.Direction;
import io.partita.member.risk.StressScenario.Scope;
import io.partita.member.risk.StressScenario.Shock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import tools.jackson.databind.json.JsonMapper;

/**
 * The library of scenarios, which is a file of the build, and those that people made, in PostgreSQL. Thread-safe; calls block, and throw
 * {@link org.jdbi.v3.core.JdbiException} while the database is away.
 */
final class StressScenarios {

    static final int MOST = 1_000;
    /** Changes come one after another. */
    private static final long LOCK = 0x7374_7265_7373L;
    private static final Map<String, StressScenario> LIBRARY = read();

    private final Jdbi jdbi;

    StressScenarios(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** One of the file. */
    private record Entry(String code, String name, String source, List<StressJson.OneShock> shocks, Double volatility, Double rate, StressJson.Moved deviations) {

        StressScenario scenario() {
            StressScenario checked = new StressJson.Wanted(name, source, shocks, volatility, rate, deviations, null).checked(code, "library");
            return new StressScenario(code, name, source, checked.shocks(), checked.volatility(), checked.rate(), checked.deviations(), true, null);
        }
    }

    private static Map<String, StressScenario> read() {
        Map<String, StressScenario> library = new TreeMap<>();
        try (InputStream in = StressScenarios.class.getResourceAsStream("stress-library.json")) {
            for (Entry entry : JsonMapper.builder().build().readValue(in, Entry[].class)) {
                library.put(entry.code, entry.scenario());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return library;
    }

    /** All, the library first, by code. */
    List<StressScenario> all() {
        List<StressScenario> all = new ArrayList<>(LIBRARY.values());
        all.addAll(jdbi.withHandle(handle -> read(handle, null)));
        return all;
    }

    /** Throws {@code STRESS_SCENARIO_NOT_FOUND}. */
    StressScenario find(String code) {
        return Optional.ofNullable(LIBRARY.get(code)).or(() -> jdbi.withHandle(handle -> read(handle, code).stream().findFirst()))
                .orElseThrow(() -> RequestProblem.of(RequestCode.STRESS_SCENARIO_NOT_FOUND, code + " is no scenario."));
    }

    /** Makes or replaces one; whether it is new. Throws {@code STRESS_SCENARIO_FIXED}, {@code TOO_MANY_STRESS_SCENARIOS}. */
    boolean put(StressScenario scenario) {
        free(scenario.code());
        return jdbi.inTransaction(handle -> {
            lock(handle);
            boolean fresh = handle.createUpdate("delete from stress_scenario where code = :code").bind("code", scenario.code()).execute() == 0;
            if (fresh && handle.createQuery("select count(*) from stress_scenario").mapTo(Integer.class).one() >= MOST) {
                throw RequestProblem.of(RequestCode.TOO_MANY_STRESS_SCENARIOS, scenario.code() + " would be one more.");
            }
            handle.createUpdate("""
                    insert into stress_scenario (code, name, source, volatility, rate, deviations, direction, actor)
                    values (:code, :name, :source, :volatility, :rate, :deviations, :direction, :actor)""")
                    .bind("code", scenario.code()).bind("name", scenario.name()).bind("source", scenario.source()).bind("volatility", scenario.volatility())
                    .bind("rate", scenario.rate()).bind("deviations", scenario.deviations() == null ? null : scenario.deviations().count())
                    .bind("direction", scenario.deviations() == null ? null : scenario.deviations().direction().name()).bind("actor", scenario.actor()).execute();
            PreparedBatch shocks = handle.prepareBatch("insert into stress_shock (scenario, number, scope, subject, move) values (:scenario, :number, :scope, :subject, :move)");
            for (int i = 0; i < scenario.shocks().size(); i++) {
                Shock shock = scenario.shocks().get(i);
                shocks.bind("scenario", scenario.code()).bind("number", i).bind("scope", shock.scope().name()).bind("subject", shock.of()).bind("move", shock.move()).add();
            }
            if (shocks.size() > 0) {
                shocks.execute();
            }
            return fresh;
        });
    }

    /** Throws {@code STRESS_SCENARIO_FIXED}, {@code STRESS_SCENARIO_NOT_FOUND}. */
    void remove(String code) {
        free(code);
        int gone = jdbi.withHandle(handle -> handle.createUpdate("delete from stress_scenario where code = :code").bind("code", code).execute());
        if (gone == 0) {
            throw RequestProblem.of(RequestCode.STRESS_SCENARIO_NOT_FOUND, code + " is no scenario.");
        }
    }

    private static void free(String code) {
        if (LIBRARY.containsKey(code)) {
            throw RequestProblem.of(RequestCode.STRESS_SCENARIO_FIXED, code + " is one of the library; make one of another code.");
        }
    }

    private static void lock(Handle handle) {
        handle.createQuery("select cast(pg_advisory_xact_lock(:lock) as text)").bind("lock", LOCK).mapTo(String.class).one();
    }

    /** @param code null for all */
    private static List<StressScenario> read(Handle handle, String code) {
        Map<String, List<Shock>> shocks = new HashMap<>();
        handle.createQuery("select * from stress_shock where cast(:code as text) is null or scenario = :code order by scenario, number").bind("code", code)
                .map((row, context) -> Map.entry(row.getString("scenario"), new Shock(Scope.valueOf(row.getString("scope")), row.getString("subject"), row.getDouble("move"))))
                .forEach(shock -> shocks.computeIfAbsent(shock.getKey(), none -> new ArrayList<>()).add(shock.getValue()));
        return handle.createQuery("select * from stress_scenario where cast(:code as text) is null or code = :code order by code").bind("code", code)
                .map((row, context) -> new StressScenario(row.getString("code"), row.getString("name"), row.getString("source"),
                        shocks.getOrDefault(row.getString("code"), List.of()), row.getDouble("volatility"), row.getDouble("rate"),
                        row.getString("direction") == null ? null : new Deviations(row.getDouble("deviations"), Direction.valueOf(row.getString("direction"))), false,
                        row.getString("actor"))).list();
    }
}
