package io.partita.member.risk.counterparty;

import io.partita.member.positions.PositionBook;
import io.partita.member.positions.Prices;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Counterparties on a member. */
@Configuration(proxyBeanMethods = false)
class CounterpartyConfiguration {

    @Bean
    CounterpartyBook counterpartyBook(Jdbi jdbi, PositionBook book, Prices prices) {
        return new CounterpartyBook(new CounterpartyTables(jdbi), book, prices);
    }

    @Bean
    CounterpartyController counterpartyController(CounterpartyBook book) {
        return new CounterpartyController(book, InstantSource.system());
    }
}
