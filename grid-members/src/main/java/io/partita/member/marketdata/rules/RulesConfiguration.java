package io.partita.member.marketdata.rules;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.streams.SeriesReader;
import io.partita.pipelines.marketdata.rules.RuleLanguage;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Alert rules, on a member. */
@Configuration(proxyBeanMethods = false)
class RulesConfiguration {

    @Bean
    RuleLanguage ruleLanguage() {
        return new RuleLanguage();
    }

    @Bean
    Rules rules(HazelcastInstance hazelcast, Jdbi jdbi) {
        return new Rules(hazelcast, new RuleTables(jdbi));
    }

    @Bean
    RuleTrials ruleTrials(SeriesReader series, HazelcastInstance hazelcast) {
        return new RuleTrials(series, hazelcast);
    }
}
