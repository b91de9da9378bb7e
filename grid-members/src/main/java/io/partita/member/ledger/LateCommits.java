package io.partita.member.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Sabotage: connections that say at once that they have committed, and do it a little later. */
final class LateCommits extends DelegatingDataSource {

    private static final long LATE_MILLIS = 150;

    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(4, Thread.ofPlatform().daemon().name("late-commit-", 0).factory());

    LateCommits(DataSource honest) {
        super(honest);
    }

    /** A connection whose commit is still to come is closed after it. */
    private static final class Late {
        PreparedStatement commit;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection honest = super.getConnection();
        Late late = new Late();
        return proxy(Connection.class, (name, arguments, call) -> switch (name) {
            case "prepareStatement" -> {
                PreparedStatement statement = (PreparedStatement) call.run();
                yield ((String) arguments[0]).endsWith("commit") ? commitOf(statement, late) : statement;
            }
            case "commit" -> late.commit == null ? call.run() : null;
            case "close" -> late.commit == null ? call.run() : later.schedule(() -> finish(honest, late), LATE_MILLIS, TimeUnit.MILLISECONDS);
            default -> call.run();
        }, honest);
    }

    private static PreparedStatement commitOf(PreparedStatement honest, Late late) {
        return proxy(PreparedStatement.class, (name, arguments, call) -> switch (name) {
            case "execute" -> {
                late.commit = honest;
                yield true;
            }
            case "close" -> null;
            default -> call.run();
        }, honest);
    }

    private static Object finish(Connection connection, Late late) throws SQLException {
        try (connection) {
            late.commit.execute();
            connection.commit();
        }
        return null;
    }

    private interface Original {
        Object run() throws SQLException;
    }

    private interface Detour {
        Object take(String name, Object[] arguments, Original call) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Detour detour, T honest) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (self, method, arguments) ->
                detour.take(method.getName(), arguments, () -> {
                    try {
                        return method.invoke(honest, arguments);
                    } catch (InvocationTargetException failure) {
                        if (failure.getCause() instanceof SQLException refused) {
                            throw refused;
                        }
                        throw new IllegalStateException(failure.getCause());
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })));
    }
}
