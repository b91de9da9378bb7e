package io.partita.member;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.database.DatabaseServer;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The line that ends the start: where everything is. */
@Component
final class Greeting {

    private static final Logger LOG = LoggerFactory.getLogger(PartitaMember.class);

    private final PartitaProperties settings;
    private final HazelcastInstance hazelcast;
    private final DatabaseServer database;

    Greeting(PartitaProperties settings, HazelcastInstance hazelcast, DatabaseServer database) {
        this.settings = settings;
        this.hazelcast = hazelcast;
        this.database = database;
    }

    @EventListener
    void greet(ApplicationReadyEvent started) {
        if (!(started.getApplicationContext() instanceof WebServerApplicationContext web)) {
            return;
        }
        String host = settings.bind().equals("0.0.0.0") ? "localhost" : settings.bind();
        int members = hazelcast.getCluster().getMembers().size();
        Duration taken = started.getTimeTaken();
        LOG.info("Ready in {} s · REST {}://{}:{}/docs · grid {} ({}, {}) · {}",
                "%.1f".formatted(taken.toMillis() / 1000.0), settings.http().tls().on() ? "https" : "http", host, web.getWebServer().getPort(),
                hazelcast.getCluster().getLocalMember().getAddress().getHost() + ":" + settings.grid().port(), settings.grid().name(),
                members == 1 ? "1 member" : members + " members", database);
        warnOfOpenGrid(hazelcast.getCluster().getLocalMember().getAddress().getHost());
    }

    /** Whoever reaches the grid's port can run code in it: jobs bring their classes along. */
    private void warnOfOpenGrid(String host) {
        InetAddress address = new InetSocketAddress(host, 0).getAddress();
        if (address == null || address.isLoopbackAddress()) {
            return;
        }
        if (settings.grid().secret() == null) {
            LOG.warn("THE GRID IS OPEN: whoever reaches {}:{} is let in, reads everything and can run code. Give all members and clients a secret (partita.grid.secret-file), and let only them reach "
                    + "that port", host, settings.grid().port());
        }
        boolean uniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
        if (!address.isSiteLocalAddress() && !address.isLinkLocalAddress() && !uniqueLocal) {
            LOG.warn("THE GRID IS ON A PUBLIC ADDRESS: {} is not of a private network, and members talk in clear. Set partita.bind to a private one", host);
        }
    }
}
