package io.partita.member.trading.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.Http;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import quickfix.Application;
import quickfix.ConfigError;
import quickfix.MemoryStoreFactory;
import quickfix.Message;
import quickfix.MessageStoreFactory;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionSettings;
import quickfix.SocketInitiator;
import quickfix.field.MsgType;
import quickfix.fix44.MessageFactory;
import quickfix.fix44.NewOrderSingle;

/** A QuickFIX/J initiator over a real socket, which checks what it gets against the dictionary of FIX 4.4. */
final class FixClient implements Application, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SessionID id;
    private final SocketInitiator initiator;
    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    private final List<Message> rejects = new CopyOnWriteArrayList<>();
    private volatile boolean loggedOn;
    private volatile String user = "operator";
    private volatile String password;
    private volatile String farewell = "";

    /** Begins anew. */
    FixClient(String name, int port) throws ConfigError {
        this(name, port, new MemoryStoreFactory(), true);
    }

    /**
     * @param store outlives the client, if another one is to go on where this one stops
     * @param anew  whether the sequence numbers begin at 1
     */
    FixClient(String name, int port, MessageStoreFactory store, boolean anew) throws ConfigError {
        password = Http.key(port).text();
        id = new SessionID("FIX.4.4", name, "PARTITA");
        SessionSettings settings = new SessionSettings();
        settings.setString("ConnectionType", "initiator");
        settings.setString("SocketConnectHost", "127.0.0.1");
        settings.setLong("SocketConnectPort", port);
        settings.setLong("ReconnectInterval", 1);
        settings.setLong("HeartBtInt", 30);
        settings.setBool("NonStopSession", true);
        settings.setBool("ResetOnLogon", anew);
        settings.setBool("UseDataDictionary", true);
        settings.setString("DataDictionary", "FIX44.xml");
        settings.setString(id, "BeginString", "FIX.4.4");
        settings.setString(id, "SenderCompID", name);
        settings.setString(id, "TargetCompID", "PARTITA");
        initiator = SocketInitiator.newBuilder().withApplication(this).withMessageStoreFactory(store).withSettings(settings)
                .withLogFactory(FixLog::new).withMessageFactory(new MessageFactory()).build();
    }

    /** Logs on as somebody else than the operator. */
    FixClient as(String name, String key) {
        user = name;
        password = key;
        return this;
    }

    FixClient logOn() throws ConfigError {
        initiator.start();
        await().atMost(PATIENCE).until(() -> loggedOn);
        return this;
    }

    FixClient tryToLogOn() throws ConfigError {
        initiator.start();
        return this;
    }

    boolean loggedOn() {
        return loggedOn;
    }

    String farewell() {
        return farewell;
    }

    Session session() {
        return Session.lookupSession(id);
    }

    void send(Message message) {
        assertThat(session().send(message)).isTrue();
    }

    /** The next message. */
    Message next() throws InterruptedException {
        Message message = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(message).as("a message").isNotNull();
        return message;
    }

    /** The next message of a type. */
    Message next(String type) throws Exception {
        Message message = next();
        assertThat(message.getHeader().getString(MsgType.FIELD)).as("%s", message).isEqualTo(type);
        return message;
    }

    Message awaitMessage(Predicate<Message> wanted) throws InterruptedException {
        while (true) {
            Message message = next();
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    void forget() {
        received.clear();
        rejects.clear();
    }

    String name() {
        return id.getSenderCompID();
    }

    boolean quiet() throws InterruptedException {
        return received.poll(300, TimeUnit.MILLISECONDS) == null;
    }

    /** Session level rejects (3). */
    List<Message> rejects() {
        return rejects;
    }

    static NewOrderSingle limit(String clOrdId, String symbol, char side, String price, String quantity) {
        NewOrderSingle order = new NewOrderSingle();
        order.setString(11, clOrdId);
        order.setString(55, symbol);
        order.setChar(54, side);
        order.setChar(40, '2');
        order.setString(44, price);
        order.setString(38, quantity);
        return stamped(order);
    }

    static <M extends Message> M stamped(M message) {
        message.setUtcTimeStamp(60, LocalDateTime.now(ZoneOffset.UTC), true);
        return message;
    }

    /** Leaves without a word, as a process that dies. */
    void drop() {
        initiator.stop(true);
    }

    @Override
    public void close() {
        initiator.stop();
    }

    @Override
    public void onCreate(SessionID session) {
        // Nothing to do.
    }

    @Override
    public void onLogon(SessionID session) {
        loggedOn = true;
    }

    @Override
    public void onLogout(SessionID session) {
        loggedOn = false;
    }

    @Override
    public void toAdmin(Message message, SessionID session) {
        if (message instanceof quickfix.fix44.Logon) {
            message.setString(553, user);
            message.setString(554, password);
        }
    }

    @Override
    public void fromAdmin(Message message, SessionID session) {
        if (message instanceof quickfix.fix44.Reject) {
            rejects.add(message);
        }
        if (message instanceof quickfix.fix44.Logout) {
            farewell = message.getOptionalString(58).orElse("");
        }
    }

    @Override
    public void toApp(Message message, SessionID session) {
        // Nothing to add.
    }

    @Override
    public void fromApp(Message message, SessionID session) {
        received.add(message);
    }
}
