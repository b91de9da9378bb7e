package io.partita.member;

import java.io.PrintStream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.EnableScheduling;

/** A member of the grid: {@code java ... io.partita.member.PartitaMember [--partita.x=y ...]}. */
@SpringBootApplication
@EnableConfigurationProperties(PartitaProperties.class)
@EnableScheduling
public class PartitaMember {

    public static void main(String[] arguments) {
        application().run(arguments);
    }

    /** The member as a Spring application that has not started yet. */
    public static SpringApplication application() {
        SpringApplication application = new SpringApplication(PartitaMember.class);
        application.addInitializers(new Ports());
        application.setBanner((environment, type, out) -> banner(out));
        return application;
    }

    private static void banner(PrintStream out) {
        out.printf("%n  Partita %s  ·  double entry, exactly once%n%n", Version.text());
    }
}
