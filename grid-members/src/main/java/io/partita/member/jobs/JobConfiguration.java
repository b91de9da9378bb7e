package io.partita.member.jobs;

import com.hazelcast.core.HazelcastInstance;
import io.partita.pipelines.JobClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The place of jobs in a member. */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {

    @Bean
    JobClient jobClient(HazelcastInstance hazelcast) {
        return JobClient.of(hazelcast);
    }
}
