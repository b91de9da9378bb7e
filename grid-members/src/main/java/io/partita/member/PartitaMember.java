package io.partita.member;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** A member of the grid: {@code java ... io.partita.member.PartitaMember [--partita.x=y ...]}. */
@SpringBootApplication
@EnableConfigurationProperties(PartitaProperties.class)
public class PartitaMember {

    public static void main(String[] arguments) {
        application().run(arguments);
    }

    /** The member as a Spring application that has not started yet. */
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(PartitaMember.class);
        application.addInitializers(new Ports());
        return application;
    }
}
