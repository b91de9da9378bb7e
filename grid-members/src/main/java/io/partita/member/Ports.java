package io.partita.member;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/** Looks at the ports before anything starts, so that a taken one is told at once and by name. */
public final class Ports implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        PartitaProperties settings = PartitaProperties.bind(Binder.get(context.getEnvironment()));
        require(settings.bind(), settings.http().port(), "REST", "partita.http.port");
        require(settings.bind(), settings.grid().port(), "grid", "partita.grid.port");
        if (!settings.fix().sessions().isEmpty()) {
            require(settings.bind(), settings.fix().port(), "FIX", "partita.fix.port");
        }
    }

    /** Throws a {@link StartupProblem} if the port is taken. */
    public static void require(String bind, int port, String purpose, String setting) {
        if (port != 0 && !free(bind, port)) {
            throw StartupProblem.portTaken(port, purpose, setting);
        }
    }

    private static boolean free(String bind, int port) {
        InetAddress address = address(bind);
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do: what a stopped predecessor left in TIME_WAIT does not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetAddress address(String bind) {
        try {
            InetAddress address = InetAddress.getByName(bind);
            if (bindable(address)) {
                return address;
            }
        } catch (UnknownHostException e) {
            // Neither is one that is not known.
        }
        throw new StartupProblem("'" + bind + "' is not an address of this machine.",
                "Set partita.bind to one, such as 127.0.0.1 or 0.0.0.0.");
    }

    /** Tried, since not every address that can be listened on (127.0.0.2) belongs to an interface. */
    private static boolean bindable(InetAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
