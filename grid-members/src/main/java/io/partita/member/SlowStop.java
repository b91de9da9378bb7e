package io.partita.member;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/** Says what a stop that takes its time waits for: every part has its bound, but whoever waits wants to know which it is. */
@Component
final class SlowStop implements ApplicationListener<ContextClosedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(SlowStop.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public void onApplicationEvent(ContextClosedEvent stop) {
        if (stop.getApplicationContext() instanceof ConfigurableApplicationContext member) {
            Thread stopping = Thread.currentThread();
            Thread.ofVirtual().name("slow-stop").start(() -> watch(member, stopping));
        }
    }

    private static void watch(ConfigurableApplicationContext member, Thread stopping) {
        try {
            for (long seconds = PATIENCE.toSeconds(); !stopping.join(PATIENCE) && member.isActive(); seconds += PATIENCE.toSeconds()) {
                LOG.info("Stopping for {} s, waits in {}", seconds, place(stopping.getStackTrace()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The innermost methods that are not the JDK's. */
    private static String place(StackTraceElement[] stack) {
        return Arrays.stream(stack).filter(frame -> !frame.getClassName().startsWith("java.") && !frame.getClassName().startsWith("jdk."))
                .limit(3).map(frame -> frame.getClassName() + '.' + frame.getMethodName() + ':' + frame.getLineNumber())
                .collect(Collectors.joining(" < "));
    }
}
