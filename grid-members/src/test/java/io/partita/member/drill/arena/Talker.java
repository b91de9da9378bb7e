package io.partita.member.drill.arena;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One end of a connection, in a process of its own: says a number every 50 ms, and prints each number that it hears and how it ended. */
final class Talker {

    private Talker() {
    }

    /** Arguments: {@code listen} or {@code call}, host, port. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[2]);
        try (Socket socket = arguments[0].equals("listen") ? accept(arguments[1], port) : new Socket(arguments[1], port)) {
            socket.setTcpNoDelay(true);
            Thread.ofPlatform().daemon().start(() -> talk(socket));
            BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (String line; (line = lines.readLine()) != null; ) {
                System.out.println("heard " + line);
            }
            System.out.println("ended");
        } catch (IOException e) {
            System.out.println("failed " + e.getMessage());
        }
    }

    private static Socket accept(String host, int port) throws IOException {
        try (ServerSocket server = new ServerSocket(port, 5, InetAddress.getByName(host))) {
            System.out.println("listening");
            return server.accept();
        }
    }

    private static void talk(Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            for (int i = 0; ; i++) {
                out.write((i + "\n").getBytes(StandardCharsets.US_ASCII));
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException end) {
            // The other thread tells.
        }
    }
}
