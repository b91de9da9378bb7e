package io.partita.member;

import io.partita.PartitaClients;
import io.partita.security.ApprovalKind;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

/**
 * Every setting of a member, each with a default that suits one machine. Set them on the command line
 * ({@code --partita.http.port=9080}), in the environment ({@code PARTITA_HTTP_PORT=9080}) or in a file
 * {@code application.yml} beside the working directory. {@code docs/operations.md} lists them.
 *
 * @param data     folder for the embedded database and for the member's key; one member at a time uses it
 * @param bind     address on which everything listens; the default lets only this machine in, since the grid's own port asks nobody who
 *                 they are
 * @param demo     whether a generated demo world is loaded and kept moving
 * @param logs     {@code text}: one readable line an event; {@code json}: one ECS document an event
 * @param http     the REST interface
 * @param edge     from where requests may come, how many, and what is written down of them
 * @param grid     the Hazelcast cluster
 * @param database PostgreSQL, embedded or external
 * @param ledger   the ledger's engine
 * @param fix      the FIX acceptor
 * @param limits   limits of risk and margin
 * @param tracing  where traces go, if anywhere
 * @param security who may do what
 * @param drill    what a drill does to a member; refused outside of drills
 * @param drills   drills on throw-away clusters that are started over REST
 */
@Validated
@ConfigurationProperties("partita")
public record PartitaProperties(
        @DefaultValue("./data") @NotNull(message = "names a folder, such as ./data") Path data,
        @DefaultValue("127.0.0.1") @NotBlank(message = "is an address of this machine, such as 127.0.0.1 or 0.0.0.0") String bind,
        @DefaultValue("true") boolean demo,
        @DefaultValue("text") LogFormat logs,
        @DefaultValue @Valid Http http,
        @DefaultValue @Valid Edge edge,
        @DefaultValue @Valid Grid grid,
        @DefaultValue @Valid Database database,
        @DefaultValue @Valid Ledger ledger,
        @DefaultValue @Valid Fix fix,
        @DefaultValue @Valid Limits limits,
        @DefaultValue @Valid Traces tracing,
        @DefaultValue @Valid Security security,
        @DefaultValue @Valid Drill drill,
        @DefaultValue @Valid Drills drills) {

    public PartitaProperties {
        if (!drill.equals(Drill.NONE) && !grid.name().startsWith(Drill.CLUSTER_PREFIX)) {
            throw new IllegalArgumentException("partita.drill breaks a member on purpose: it is refused unless partita.grid.name begins with '"
                    + Drill.CLUSTER_PREFIX + "', and that is '" + grid.name() + "'");
        }
    }

    /** How log events are written. */
    public enum LogFormat {
        TEXT, JSON
    }

    /**
     * The REST interface.
     *
     * @param port      0 for any free one
     * @param maxBody   largest request body; larger ones are refused with {@code BODY_TOO_LARGE}
     * @param maxUpload largest body of CSV, which is read as it comes
     * @param tls       how it is encrypted; not at all unless set
     */
    public record Http(
            @DefaultValue("8080") @Min(value = 0, message = PORT) @Max(value = 65535, message = PORT) int port,
            @DefaultValue("8MB") @NotNull DataSize maxBody,
            @DefaultValue("256MB") @NotNull DataSize maxUpload,
            @DefaultValue Tls tls) {
    }

    /**
     * Files in PEM, which are read again when they change.
     *
     * @param certificate the server's, with those that lead to its root
     * @param key         of it, not encrypted
     * @param clientCa    roots of the certificates that clients must present; null if they need none
     */
    public record Tls(Path certificate, Path key, Path clientCa) {

        public Tls {
            if ((certificate == null) != (key == null) || certificate == null && clientCa != null) {
                throw new IllegalArgumentException("partita.http.tls.certificate and partita.http.tls.key are set together, and client-ca only with them");
            }
            for (Path file : new Path[] {certificate, key, clientCa}) {
                if (file != null && !Files.isReadable(file)) {
                    throw new IllegalArgumentException("partita.http.tls names " + file + ", which cannot be read");
                }
            }
        }

        public boolean on() {
            return certificate != null;
        }
    }

    /**
     * From where requests may come, how many, and what is written down of them.
     *
     * @param hosts       further names under which a member may be asked, beside localhost, addresses, its own name and those of {@code grid.addresses}
     * @param origins     pages of other origins that may call it from a browser, such as {@code https://desk.example.com}; none unless said
     * @param metricsFrom networks that may read {@code /metrics} without a key, such as {@code 10.0.0.0/8}
     * @param headTime    how long the head of a request may take to come
     * @param bodyTime    how long the body of a request may take to come, and one second more for each further megabyte
     * @param perKey      requests a second of one key or session, on all members together
     * @param perUser     requests a second of one user or service account, on all members together
     * @param perAddress  requests a second from one address by callers who do not say who they are
     * @param paths       requests of one caller to a path, {@code METHOD /path=N/s} or {@code N/m}, with the path as docs/access.md has it
     * @param auditQueue  most events of the audit trail that wait for the database; beyond that commands are refused
     * @param connections connections that are open at once; further ones wait
     */
    public record Edge(
            @DefaultValue List<String> hosts,
            @DefaultValue List<String> origins,
            @DefaultValue List<String> metricsFrom,
            @DefaultValue("20s") @NotNull Duration headTime,
            @DefaultValue("30s") @NotNull Duration bodyTime,
            @DefaultValue("20000") @Min(value = 1, message = "is at least 1") int perKey,
            @DefaultValue("40000") @Min(value = 1, message = "is at least 1") int perUser,
            @DefaultValue("2000") @Min(value = 1, message = "is at least 1") int perAddress,
            @DefaultValue({"POST /api/v1/auth/sign-in=20/s", "POST /api/v1/auth/refresh=50/s", "POST /api/v1/strategies/backtests=20/s",
                "POST /api/v1/ledger/reconciliations=10/s", "POST /api/v1/ledger/archives=10/s"}) List<String> paths,
            @DefaultValue("20000") @Min(value = 100, message = "is at least 100") int auditQueue,
            @DefaultValue("16384") @Min(value = 100, message = "is at least 100") int connections) {
    }

    /**
     * The Hazelcast cluster.
     *
     * @param name             members and clients find each other only under the same name
     * @param port             the port on which members and Hazelcast clients connect
     * @param addresses        all members, {@code host} or {@code host:port}; without a port, the port above is meant
     * @param backups          how many further members hold each piece of state; at least half of the expected members
     * @param expectedMembers  how many members the cluster has when complete: only a majority of them may write
     * @param heartbeatTimeout after this silence a member counts as gone
     * @param secret           shared by all members and clients: whoever does not know it does not find the cluster; null for none
     * @param secretFile       a file with it; null for none
     */
    public record Grid(
            @DefaultValue("partita") @NotBlank(message = "is not empty") String name,
            @DefaultValue("5701") @Min(value = 1, message = PORT) @Max(value = 65535, message = PORT) int port,
            @DefaultValue("127.0.0.1") @NotEmpty(message = "lists at least one member, such as 10.0.0.1,10.0.0.2") List<String> addresses,
            @DefaultValue("1") @Min(value = 0, message = "is 0 to 6") @Max(value = 6, message = "is 0 to 6") int backups,
            @DefaultValue("1") @Min(value = 1, message = "is at least 1") int expectedMembers,
            @DefaultValue("5s") @NotNull Duration heartbeatTimeout,
            String secret,
            Path secretFile) {

        private static final int SHORTEST_SECRET = 16;

        public Grid {
            secret = secretFile == null || secret != null && !secret.isBlank() ? secret : read(secretFile);
            secret = secret == null || secret.isBlank() ? null : secret.strip();
            if (secret != null && secret.length() < SHORTEST_SECRET) {
                throw new IllegalArgumentException("partita.grid.secret has fewer than " + SHORTEST_SECRET + " characters; take those of: openssl rand -base64 32");
            }
            if (backups < expectedMembers / 2) {
                throw new IllegalArgumentException("partita.grid.backups is " + backups + ", too few for "
                        + expectedMembers + " expected members: a majority that survives a split must hold all state; set it to "
                        + expectedMembers / 2 + " or more");
            }
            if (heartbeatTimeout.compareTo(Duration.ofSeconds(3)) < 0) {
                throw new IllegalArgumentException("partita.grid.heartbeat-timeout is " + heartbeatTimeout.toMillis()
                        + " ms; less than 3s takes a garbage collection for a death");
            }
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new IllegalArgumentException("partita.grid.secret-file is " + file + ", which cannot be read: " + e.getMessage(), e);
            }
        }

        /** What the cluster is called in the network. */
        public String cluster() {
            return PartitaClients.cluster(name, secret);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Grid[" + name + ", " + port + ", " + addresses + "]";
        }

        /** The fewest members that may write. */
        public int majority() {
            return expectedMembers / 2 + 1;
        }
    }

    /**
     * PostgreSQL. Without a url the member runs its own, in the data folder.
     *
     * @param url         {@code jdbc:postgresql://host/database} of an external one
     * @param user        its user
     * @param password    its password
     * @param port        port of the embedded one
     * @param pool        connections for queries and tools
     * @param journalPool connections for the ledger's engine alone, so that no query can starve a booking
     * @param tradingPool connections for trading alone, so that no query can starve an order
     */
    public record Database(
            String url,
            @DefaultValue("partita") String user,
            @DefaultValue("") String password,
            @DefaultValue("15432") @Min(value = 1, message = PORT) @Max(value = 65535, message = PORT) int port,
            @DefaultValue("10") @Min(value = 2, message = "is at least 2") int pool,
            @DefaultValue("10") @Min(value = 4, message = "is at least 4") int journalPool,
            @DefaultValue("8") @Min(value = 4, message = "is at least 4") int tradingPool) {

        public Database {
            if (url != null && url.isBlank()) {
                url = null;
            }
            if (url != null && !url.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException("partita.database.url is '" + url
                        + "'; write it like jdbc:postgresql://host:5432/partita, or leave it out for an embedded database");
            }
        }

        public boolean embedded() {
            return url == null;
        }

        @Override
        public String toString() {
            return "Database[" + (embedded() ? "embedded on port " + port : url) + "]";
        }
    }

    /**
     * The ledger's engine.
     *
     * @param lanes              commits in flight at once
     * @param maxBatch           most entries of one commit
     * @param maxQueued          most commands waiting on a member; further ones are refused with {@code OVERLOADED}
     * @param deadline           within this time every command is answered
     * @param viewLease          how long a view of the cluster stays valid without being renewed
     * @param checkpointEntries  a shard's state is stored again after so many entries of the journal; bounds what a re-base reads
     * @param reconcileInterval  how often the ledger is reconciled with itself by some member; 0 for on request only
     * @param archive            folder for archived periods, best one that all members share; null for {@code archive} in the data folder
     */
    public record Ledger(
            @DefaultValue("3") @Min(value = 1, message = "is 1 to 32") @Max(value = 32, message = "is 1 to 32") int lanes,
            @DefaultValue("8192") @Min(value = 100, message = "is at least 100, the legs of one linked group") int maxBatch,
            @DefaultValue("200000") @Min(value = 10_000, message = "is at least 10000, one full batch call") int maxQueued,
            @DefaultValue("10s") @NotNull Duration deadline,
            @DefaultValue("5s") @NotNull Duration viewLease,
            @DefaultValue("1000000") @Min(value = 1000, message = "is at least 1000") long checkpointEntries,
            @DefaultValue("24h") @NotNull Duration reconcileInterval,
            Path archive) {

        public Ledger {
            atLeast("partita.ledger.deadline", deadline, Duration.ofMillis(500));
            atLeast("partita.ledger.view-lease", viewLease, Duration.ofSeconds(1));
        }

        private static void atLeast(String name, Duration value, Duration least) {
            if (value.compareTo(least) < 0) {
                throw new IllegalArgumentException(name + " is " + value.toMillis() + " ms; it is at least " + least.toMillis() + " ms");
            }
        }
    }

    /**
     * The FIX 4.4 acceptor. It listens once there is a session that may log on.
     *
     * @param port       0 for any free one
     * @param compId     the member's own comp id, the same on all members
     * @param maxMessage a longer message is passed over and rejected
     * @param sessions   who may log on, by comp id; the same on all members
     */
    public record Fix(
            @DefaultValue("9880") @Min(value = 0, message = PORT) @Max(value = 65535, message = PORT) int port,
            @DefaultValue("PARTITA") @NotBlank(message = "is the comp id under which clients know this venue") String compId,
            @DefaultValue("64KB") @NotNull DataSize maxMessage,
            @DefaultValue Map<String, @Valid FixSession> sessions) {

        public Fix {
            if (maxMessage.toBytes() < 1024 || maxMessage.toBytes() > 1 << 24) {
                throw new IllegalArgumentException("partita.fix.max-message is " + maxMessage + "; it is 1KB to 16MB");
            }
        }
    }

    /**
     * Who may log on over FIX.
     *
     * @param accounts           the trading accounts that it may use; with one alone, orders need not name it
     * @param participant        for self-trade prevention: orders of the same participant; 0 for none
     * @param cancelOnDisconnect whether its day orders are cancelled when its connection ends
     */
    public record FixSession(
            @NotEmpty(message = "lists at least one trading account") List<@Positive(message = "are positive numbers") Long> accounts,
            @DefaultValue("0") @Min(value = 0, message = "is not negative") int participant,
            @DefaultValue("true") boolean cancelOnDisconnect) {
    }

    /**
     * Limits of risk and margin.
     *
     * @param every how often some member holds them against their figures; 0 for on request only
     */
    public record Limits(@DefaultValue("60s") @NotNull Duration every) {

        public Limits {
            if (every.isNegative() || every.isPositive() && every.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("partita.limits.every is " + every.toMillis() + " ms; it is 0, or at least 1000 ms");
            }
        }
    }

    /**
     * Traces. They are off, and cost nothing, without an endpoint.
     *
     * @param endpoint takes spans by OTLP over HTTP, {@code http://host:4318/v1/traces}; null for nobody
     * @param sample   the part of the requests that is recorded, 0 to 1; a caller that sends a {@code traceparent} decides for its own
     */
    public record Traces(
            String endpoint,
            @DefaultValue("0.1") @DecimalMin(value = "0", message = "is 0 to 1") @DecimalMax(value = "1", message = "is 0 to 1") double sample) {

        public Traces {
            if (endpoint != null && endpoint.isBlank()) {
                endpoint = null;
            }
            if (endpoint != null && !endpoint.matches("https?://.+")) {
                throw new IllegalArgumentException("partita.tracing.endpoint is '" + endpoint + "'; write it like http://host:4318/v1/traces");
            }
        }
    }

    /**
     * Who may do what. Secrets come from files, or from the environment; none is written to a log.
     *
     * @param accessToken           how long an access token is valid
     * @param session               how long somebody stays signed in, by refreshing it
     * @param secondFactor          whether those who have none are to enrol one before anything else
     * @param masterKey             32 bytes in Base64 under which everything else is encrypted; null for the file
     * @param masterKeyFile         a file with it; null for {@code master.key} in the data folder, made on first use
     * @param previousMasterKeyFile the one before, while the database is still encrypted under it
     * @param operatorKeyFile       a file with the API key of the operator, which all members of a cluster share; null for one in the data folder
     * @param consoleKeyFile        likewise that of the console
     * @param adminPasswordFile     a file with the one-time password that an empty database begins with; null for one that is made and written to the data folder
     * @param fourEyes              what takes two people
     * @param reversalAbove         a reversal of more than so many units of its currency takes two people
     * @param oidc                  an outside issuer whose tokens are taken, too
     */
    public record Security(
            @DefaultValue("10m") @NotNull Duration accessToken,
            @DefaultValue("12h") @NotNull Duration session,
            @DefaultValue("optional") @NotNull SecondFactor secondFactor,
            String masterKey,
            Path masterKeyFile,
            Path previousMasterKeyFile,
            Path operatorKeyFile,
            Path consoleKeyFile,
            Path adminPasswordFile,
            @DefaultValue({"limit-change", "force-view", "reversal", "kill-switch-release"}) @NotNull Set<ApprovalKind> fourEyes,
            @DefaultValue("10000") @NotNull @PositiveOrZero(message = "is an amount, such as 10000") BigDecimal reversalAbove,
            @DefaultValue @Valid Oidc oidc) {

        public Security {
            within("partita.security.access-token", accessToken, Duration.ofMinutes(1), Duration.ofHours(1));
            within("partita.security.session", session, accessToken, Duration.ofDays(30));
        }

        private static void within(String name, Duration value, Duration least, Duration most) {
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw new IllegalArgumentException(name + " is " + value.toSeconds() + " s; it is " + least.toSeconds() + " to " + most.toSeconds() + " s");
            }
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Security[" + accessToken + ", " + session + ", " + fourEyes + "]";
        }
    }

    /**
     * Drills that are started over REST, each on a cluster of its own beside this member.
     *
     * @param enabled whether this member runs any: they take memory and processors of its machine
     * @param limit   after which one is ended
     */
    public record Drills(@DefaultValue("false") boolean enabled, @DefaultValue("15m") @NotNull Duration limit) {

        public Drills {
            if (limit.compareTo(Duration.ofMinutes(1)) < 0 || limit.compareTo(Duration.ofHours(2)) > 0) {
                throw new IllegalArgumentException("partita.drills.limit is " + limit.toSeconds() + " s; it is 60 to 7200 s");
            }
        }
    }

    /** Whether people need a second factor. */
    public enum SecondFactor {
        OPTIONAL, REQUIRED
    }

    /**
     * An outside issuer of access tokens, by OpenID Connect.
     *
     * @param issuer        its URL, where its description is found; null for none
     * @param audience      what its tokens must be for
     * @param roleClaim     the claim with the names of roles; those that are none here are passed over
     * @param nameClaim     the claim with the name of whoever it is
     * @param accountsClaim the claim with the only accounts that they may see and use; without it, all
     */
    public record Oidc(
            String issuer,
            @DefaultValue("partita") @NotBlank(message = "is not empty") String audience,
            @DefaultValue("roles") @NotBlank(message = "is the name of a claim") String roleClaim,
            @DefaultValue("sub") @NotBlank(message = "is the name of a claim") String nameClaim,
            @DefaultValue("accounts") @NotBlank(message = "is the name of a claim") String accountsClaim) {

        public Oidc {
            if (issuer != null && issuer.isBlank()) {
                issuer = null;
            }
        }
    }

    /**
     * What a drill does to a member from within.
     *
     * @param sabotage    the safeguard that is taken out, to see that the drill's checker notices
     * @param clockOffset by how much the member's clock is wrong
     */
    public record Drill(@DefaultValue("none") @NotNull Sabotage sabotage, @DefaultValue("0s") @NotNull Duration clockOffset) {

        /** How the name of a cluster begins that may be sabotaged. */
        public static final String CLUSTER_PREFIX = "drill-";
        static final Drill NONE = new Drill(Sabotage.NONE, Duration.ZERO);
    }

    /** A safeguard of the ledger that is taken out. Each breaks one promise, and a drill must notice. */
    public enum Sabotage {
        NONE,
        /** A member that lost the view goes on as if nothing had happened, and the journal takes what it commits. */
        FENCING,
        /** A transfer is booked as often as it is sent. */
        DEDUPLICATION,
        /** Shards apply what arrives as it arrives, be it early, late or again. */
        SEQUENCE,
        /** As without fencing; and after a split the state that was written last wins, whatever the journal says. */
        MERGE,
        /** Callers are told that a transfer is booked before it is. */
        ACKNOWLEDGEMENT;

        /** Whether both sides of a split go on. */
        public boolean unfenced() {
            return this == FENCING || this == MERGE;
        }
    }

    private static final String PORT = "is a port, 1 to 65535";

    /** The defaults, with the given settings (full names, {@code partita.grid.port}) in place of some. */
    public static PartitaProperties of(Map<String, String> settings) {
        return bind(new Binder(new MapConfigurationPropertySource(settings)));
    }

    /** The settings that a binder finds, validated. */
    static PartitaProperties bind(Binder binder) {
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            return binder.bindOrCreate("partita", Bindable.of(PartitaProperties.class),
                    new ValidationBindHandler(new SpringValidatorAdapter(validators.getValidator())));
        }
    }
}
