package io.partita.member.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.positions.PortfolioTables;
import io.partita.member.positions.Products;
import io.partita.member.positions.RowImports;
import io.partita.member.testing.Http;
import io.partita.member.testing.TestMember;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The firm of the demo on a real member. */
class DemoPortfoliosTest {

    private static DemoPortfolios portfolios(TestMember member, String now) {
        return new DemoPortfolios(member.bean(PortfolioTables.class), member.bean(Products.class), member.bean(RowImports.class), () -> true,
                InstantSource.fixed(Instant.parse(now)), DemoWorld.SEED);
    }

    private static long prices(TestMember member) {
        return member.bean(Jdbi.class).withHandle(handle -> handle.createQuery("select count(*) from daily_price").mapTo(Long.class).one());
    }

    @Test
    void it_is_made_once_and_each_day_adds_its_closes() {
        try (TestMember member = TestMember.start()) {
            portfolios(member, "2026-11-19T08:00:00Z").tell();
            long before = prices(member);
            portfolios(member, "2026-11-19T09:00:00Z").tell();
            assertThat(prices(member)).as("told again, as after a start").isEqualTo(before);
            portfolios(member, "2026-11-20T08:00:00Z").tell();
            assertThat(prices(member) - before).as("those of a Thursday").isEqualTo(13);
            JsonNode value = Http.get(member.uri("/api/v1/portfolios/" + DemoPortfolios.FIRM + "?day=2026-11-19")).json();
            assertThat(value.get("sums").size()).isEqualTo(14);
            assertThat(value.get("total").get("positions").asInt()).isGreaterThan(10);
            assertThat(value.get("total").get("unpriced").asInt()).isZero();
            JsonNode risk = Http.get(member.uri("/api/v1/risk/portfolios/" + DemoPortfolios.FIRM + "/backtest?day=2026-11-19")).json();
            assertThat(risk.get("days").asInt()).isEqualTo(500);
        }
    }
}
