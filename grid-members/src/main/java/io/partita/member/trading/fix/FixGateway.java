package io.partita.member.trading.fix;

import com.hazelcast.core.HazelcastInstance;
import io.partita.marketdata.MarketDataClient;
import io.partita.member.PartitaProperties;
import io.partita.member.PartitaProperties.Fix;
import io.partita.member.StartupProblem;
import io.partita.member.trading.TradingService;
import io.partita.trading.accounts.OrderClient;
import java.net.InetSocketAddress;
import java.net.BindException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickfix.Acceptor;
import quickfix.ConfigError;
import quickfix.MessageStore;
import quickfix.Session;
import quickfix.SessionFactory;
import quickfix.SessionID;
import quickfix.SessionSettings;
import quickfix.ThreadedSocketAcceptor;
import quickfix.fix44.MessageFactory;

/** The FIX acceptor of a member. Any member will do: sessions and what they are to be told are in the database. Thread-safe. */
public final class FixGateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FixGateway.class);
    /** Messages of a session that wait for their turn; beyond that its connection is not read. */
    private static final int MOST_WAITING = 64;
    private static final int FEW_WAITING = 16;
    /** Messages to a session that it has not read; beyond that its connection is closed. */
    private static final String MOST_UNREAD = "20000";

    private final String bind;
    private final Fix settings;
    private final Map<SessionID, Peer> peers = new HashMap<>();
    private final HeldDatabase held;
    private final Connections connections;
    private final ReportCollector collector;
    private final MarketDataDesk marketData;
    private final ThreadedSocketAcceptor acceptor;

    FixGateway(PartitaProperties properties, HazelcastInstance hazelcast, Jdbi jdbi, TradingService trading, OrderClient client,
               MarketDataClient market, FixGuard guard, InstantSource clock) throws ConfigError {
        bind = properties.bind();
        settings = properties.fix();
        held = new HeldDatabase(jdbi);
        FixTables tables = new FixTables(jdbi, held);
        MassCancels massCancels = new MassCancels(trading, client, tables, clock);
        connections = new Connections(hazelcast, jdbi, trading, tables, massCancels, clock);
        collector = new ReportCollector(hazelcast, trading, tables, connections::news);
        marketData = new MarketDataDesk(trading, market);
        settings.sessions().forEach((name, rights) -> {
            SessionID id = new SessionID(Words.FIX44, settings.compId(), name);
            peers.put(id, new Peer(id, rights, new FixStore(jdbi, held, settings.compId() + '>' + name, () -> connections.overtaken(peers.get(id)))));
        });
        int longest = Math.toIntExact(settings.maxMessage().toBytes());
        Requests requests = new Requests(trading, tables);
        FixApplication application = new FixApplication(peers, guard, connections, new OrderDesk(trading, requests, client, tables, clock),
                new QuoteDesk(requests, client, tables), new CrossDesk(requests, client, clock), massCancels, marketData, longest);
        acceptor = ThreadedSocketAcceptor.newBuilder().withApplication(application).withMessageStoreFactory(this::store)
                .withLogFactory(FixLog::new).withSettings(sessionSettings()).withMessageFactory(new MessageFactory())
                .withQueueWatermarks(FEW_WAITING, MOST_WAITING).build();
        FramingFilter framing = new FramingFilter(longest);
        // The codec is there already, and what comes from outside is to meet this first.
        acceptor.setIoFilterChainBuilder(chain -> chain.addFirst("framing", framing));
    }

    private MessageStore store(SessionID session) {
        return peers.get(session).store();
    }

    private SessionSettings sessionSettings() {
        SessionSettings all = new SessionSettings();
        all.setString(SessionFactory.SETTING_CONNECTION_TYPE, SessionFactory.ACCEPTOR_CONNECTION_TYPE);
        all.setString(Acceptor.SETTING_SOCKET_ACCEPT_ADDRESS, bind);
        all.setLong(Acceptor.SETTING_SOCKET_ACCEPT_PORT, settings.port());
        all.setBool(Session.SETTING_NON_STOP_SESSION, true);
        all.setBool(Session.SETTING_REFRESH_ON_LOGON, true);
        all.setBool(Session.SETTING_USE_DATA_DICTIONARY, true);
        all.setString(Session.SETTING_DATA_DICTIONARY, "FIX44.xml");
        all.setString(Session.SETTING_TIMESTAMP_PRECISION, "MILLIS");
        all.setString(Session.SETTING_MAX_SCHEDULED_WRITE_REQUESTS, MOST_UNREAD);
        for (SessionID id : peers.keySet()) {
            all.setString(id, SessionSettings.BEGINSTRING, Words.FIX44);
            all.setString(id, SessionSettings.SENDERCOMPID, id.getSenderCompID());
            all.setString(id, SessionSettings.TARGETCOMPID, id.getTargetCompID());
        }
        return all;
    }

    FixGateway start() throws ConfigError {
        try {
            acceptor.start();
        } catch (RuntimeException | ConfigError failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException) {
                    throw StartupProblem.portTaken(settings.port(), "FIX", "partita.fix.port");
                }
            }
            throw failure;
        }
        acceptor.getManagedSessions().forEach(session -> peers.get(session.getSessionID()).session(session));
        collector.start();
        marketData.start();
        connections.start(peers.values());
        LOG.info("FIX 4.4 on port {} for {}", port(), settings.sessions().keySet());
        return this;
    }

    /** The port on which it listens. */
    public int port() {
        return acceptor.getEndpoints().stream().map(endpoint -> ((InetSocketAddress) endpoint.getLocalAddress()).getPort()).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        held.close();
        connections.close();
        marketData.close();
        collector.close();
        acceptor.stop(true);
    }
}
