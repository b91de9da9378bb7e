package io.partita.member.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.pipelines.marketdata.rules.RuleLanguage;
import org.junit.jupiter.api.Test;

class DemoJobsTest {

    @Test
    void theRulesOfTheDemoCanBeRead() {
        RuleLanguage language = new RuleLanguage();
        assertThat(DemoJobs.WRITTEN.keySet()).hasSize(2)
                .allSatisfy(rule -> assertThat(language.read(rule.condition())).as(rule.name()).isInstanceOf(RuleLanguage.Read.Readable.class));
    }
}
