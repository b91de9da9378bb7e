package io.partita.member.streams;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.marketdata.MarketDataClient;
import io.partita.marketdata.stream.BarArchive;
import io.partita.marketdata.stream.TickStream;
import io.partita.member.trading.TradingService;
import io.partita.pipelines.JobClient;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The place of the stream of ticks in a member. */
@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

    @Bean
    TickStream tickStream(HazelcastInstance hazelcast) {
        return TickStream.of(hazelcast);
    }

    @Bean
    TickIntake tickIntake(TickStream stream, HazelcastInstance hazelcast, TradingService trading, MeterRegistry meters) {
        return new TickIntake(stream, hazelcast, trading::listing, InstantSource.system(), meters);
    }

    @Bean
    BookFeed bookFeed(HazelcastInstance hazelcast, TradingService trading, MarketDataClient client, TickStream stream, MeterRegistry meters) {
        return new BookFeed(hazelcast, trading, client, stream, InstantSource.system(), meters);
    }

    @Bean
    StreamMeters streamMeters(HazelcastInstance hazelcast, TickStream stream, JobClient jobs, MeterRegistry meters) {
        return new StreamMeters(hazelcast, stream, jobs, meters);
    }

    @Bean
    SeriesReader seriesReader(HazelcastInstance hazelcast) {
        return new SeriesReader(hazelcast);
    }

    /** Jobs of this member find it in the grid's context. */
    @Bean
    ArchiveTables archiveTables(HazelcastInstance hazelcast, Jdbi jdbi, MeterRegistry meters) {
        ArchiveTables archive = new ArchiveTables(jdbi, meters);
        hazelcast.getUserContext().put(BarArchive.KEY, archive);
        return archive;
    }

    @Bean
    CorporateActions corporateActions(HazelcastInstance hazelcast, Jdbi jdbi) {
        return new CorporateActions(hazelcast, jdbi);
    }

    @Bean
    AdjustedBars adjustedBars(BarHistory history, CorporateActions actions) {
        return new AdjustedBars(history, actions);
    }

    @Bean
    BarHistory barHistory(SeriesReader series, ArchiveTables archive) {
        return new BarHistory(series, archive);
    }
}
