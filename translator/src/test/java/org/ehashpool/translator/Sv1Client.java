package org.ehashpool.translator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A miner's end of a connection, blocking: it says what it is told to. */
public final class Sv1Client implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    Sv1Client(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = socket.getOutputStream();
    }

    public static Sv1Client of(Socket socket) {
        try {
            return new Sv1Client(socket);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public void send(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As {@link #send}, where the other end may have hung up. */
    public boolean trySend(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
            return true;
        } catch (IOException hungUp) {
            return false;
        }
    }

    public void say(String line) {
        send((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The next line. */
    public String line() {
        try {
            @Nullable String line = in.readLine();
            if (line == null) {
                throw new AssertionError("the other end hung up");
            }
            return line;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Reads up to a line that has this in it. */
    public String lineWith(String part) {
        while (true) {
            String line = line();
            if (line.contains(part)) {
                return line;
            }
        }
    }

    /** Whether the other end hangs up, whatever it says before. */
    public boolean isHungUp() {
        try {
            while (true) {
                if (in.readLine() == null) {
                    return true;
                }
            }
        } catch (SocketTimeoutException stillThere) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Subscribes, authorises, and reads up to its first job. */
    public Sv1Client mine(String user) {
        say("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"test/1\"]}");
        say("{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"" + user + "\",\"x\"]}");
        lineWith("mining.notify\",\"params\":[\"");
        return this;
    }

    /** Submits a share for a job; the answer is the result. */
    public String submit(String user, String job, int nonce) {
        sendShare(user, job, nonce);
        return lineWith("\"id\":9,");
    }

    public void sendShare(String user, String job, int nonce) {
        say("{\"id\":9,\"method\":\"mining.submit\",\"params\":[\"" + user + "\",\"" + job
                + "\",\"0000000000000000\",\"504e86ba\",\"" + Integer.toHexString(nonce) + "\"]}");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
