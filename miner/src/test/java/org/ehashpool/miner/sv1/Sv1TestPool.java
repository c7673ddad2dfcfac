package org.ehashpool.miner.sv1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.ehashpool.mining.difficulty.Target;
import org.ehashpool.mining.hash.DoubleSha256;
import org.ehashpool.sv2.type.U256;

/** A Stratum V1 server on loopback that hashes what is submitted, by rules of its own writing. */
public final class Sv1TestPool implements AutoCloseable {
    static final String BRANCH = "11".repeat(32);
    private static final int EXTRANONCE1 = 0x0bad_cafe;
    private static final String FIRST_HALF = "01000000" + "01" + "00".repeat(32) + "ffffffff" + "10" + "0301020300";
    private static final String SECOND_HALF = "ffffffff" + "01" + "00f2052a01000000" + "0151" + "00000000";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerSocket server;
    private final List<OutputStream> clients = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Map<String, String> jobs = new ConcurrentHashMap<>();
    private final Set<String> seen = new HashSet<>();
    final Map<String, Integer> rejected = new TreeMap<>();
    final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger accepted = new AtomicInteger();
    volatile boolean versionRolling = true;
    volatile boolean knowsUser = true;
    volatile String afterSubscribe = "";
    volatile double difficulty;
    private final AtomicInteger jobNumber = new AtomicInteger();

    public Sv1TestPool(double difficulty) throws IOException {
        this.difficulty = difficulty;
        server = new ServerSocket(0, 64, InetAddress.ofLiteral("127.0.0.1"));
        Thread.startVirtualThread(this::accept);
    }

    InetAddress address() {
        return server.getInetAddress();
    }

    public Sv1Url url() {
        return new Sv1Url("127.0.0.1", server.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                String extranonce1 = "%08x".formatted(EXTRANONCE1 + connections.getAndIncrement());
                sockets.add(socket);
                Thread.startVirtualThread(() -> serve(socket, extranonce1));
            }
        } catch (IOException closed) {
            hangUp();
        }
    }

    private void serve(Socket socket, String extranonce1) {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode request = JSON.readTree(line);
                requests.add(request);
                answer(out, extranonce1, request);
            }
        } catch (IOException gone) {
            sockets.remove(socket);
        }
    }

    private void answer(OutputStream out, String extranonce1, JsonNode request) throws IOException {
        long id = request.path("id").asLong();
        switch (request.path("method").asText()) {
            case "mining.configure" ->
                write(
                        out,
                        versionRolling
                                ? result(id, "{\"version-rolling\":true,\"version-rolling.mask\":\"1fffe000\"}")
                                : "{\"id\":" + id + ",\"result\":null,\"error\":[20,\"unknown method\",null]}");
            case "mining.subscribe" -> {
                write(out, result(id, "[[[\"mining.notify\",\"x\"]],\"" + extranonce1 + "\",4]"));
                if (!afterSubscribe.isEmpty()) {
                    write(out, afterSubscribe);
                }
            }
            case "mining.authorize" -> {
                write(out, result(id, String.valueOf(knowsUser)));
                clients.add(out);
                write(out, "{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[" + difficulty + "]}");
                // A newcomer takes nothing from the others.
                write(out, job(false, true));
            }
            case "mining.submit" -> write(out, verdict(id, extranonce1, request.path("params")));
            case String other -> write(out, result(id, "true"));
        }
    }

    private static String result(long id, String json) {
        return "{\"id\":" + id + ",\"result\":" + json + ",\"error\":null}";
    }

    private static void write(OutputStream out, String line) throws IOException {
        synchronized (out) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    /** The words of the previous hash are 1 to 8 in the header; each is reversed on the wire. */
    private String job(boolean forget, boolean clean) {
        int number = jobNumber.incrementAndGet();
        String id = "job-" + number;
        if (forget) {
            jobs.clear();
        }
        jobs.put(id, "%08x".formatted(1_700_000_000 + number));
        StringBuilder words = new StringBuilder();
        for (int i = 1; i <= 8; i++) {
            words.append("%08x".formatted(Integer.reverseBytes(i)));
        }
        return "{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"%s\",\"%s\",\"%s\",\"%s\",[\"%s\"],\"20000000\",\"1d00ffff\",\"%s\",%s]}"
                .formatted(id, words, FIRST_HALF, SECOND_HALF, BRANCH, jobs.get(id), clean);
    }

    private synchronized String verdict(long id, String extranonce1, JsonNode share) {
        String error = fault(extranonce1, share);
        if (error.isEmpty()) {
            accepted.incrementAndGet();
            return result(id, "true");
        }
        rejected.merge(error, 1, Integer::sum);
        return "{\"id\":" + id + ",\"result\":null,\"error\":[23,\"" + error + "\",null]}";
    }

    private String fault(String extranonce1, JsonNode share) {
        String time = jobs.get(share.path(1).asText());
        if (time == null) {
            return "Job not found";
        }
        if (share.path(2).asText().length() != 8 || share.has(5) != versionRolling) {
            return "Malformed";
        }
        if (!share.path(3).asText().equals(time)) {
            return "Other time";
        }
        HexFormat hex = HexFormat.of();
        DoubleSha256 hasher = new DoubleSha256();
        byte[] coinbase = hex.parseHex(FIRST_HALF + extranonce1 + share.path(2).asText() + SECOND_HALF);
        byte[] pair = new byte[64];
        hasher.hash(coinbase, 0, coinbase.length, pair, 0);
        System.arraycopy(hex.parseHex(BRANCH), 0, pair, 32, 32);
        hasher.hash(pair, 0, 64, pair, 0);
        long rolled = share.has(5) ? Long.parseLong(share.path(5).asText(), 16) : 0;
        long version = (0x2000_0000L & ~0x1fff_e000L) | rolled;
        StringBuilder header = new StringBuilder(littleEndian(version));
        for (int i = 1; i <= 8; i++) {
            header.append("%08x".formatted(i));
        }
        header.append(hex.formatHex(pair, 0, 32))
                .append(littleEndian(Long.parseLong(time, 16)))
                .append(littleEndian(0x1d00_ffffL))
                .append(littleEndian(Long.parseLong(share.path(4).asText(), 16)));
        U256 hash = hasher.hash(hex.parseHex(header));
        if (!Target.ofDifficulty(difficulty).isMetBy(hash)) {
            return "Low difficulty";
        }
        return seen.add(hash.toHex()) ? "" : "Duplicate share";
    }

    private static String littleEndian(long number) {
        return "%08x".formatted(Integer.reverseBytes((int) number));
    }

    /** To every client. */
    void say(String line) {
        clients.forEach(client -> {
            try {
                write(client, line);
            } catch (IOException gone) {
                clients.remove(client);
            }
        });
    }

    public void newJob(boolean clean) {
        say(job(clean, clean));
    }

    void setDifficulty(double next) {
        synchronized (this) {
            difficulty = next;
        }
        say("{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[" + next + "]}");
    }

    public synchronized Map<String, Integer> rejected() {
        return Map.copyOf(rejected);
    }

    /** Whether {@code mining.configure} grants it. */
    public void offerVersionRolling(boolean offered) {
        versionRolling = offered;
    }

    /** Nobody is authorised from now on. */
    public void refuseUsers() {
        knowsUser = false;
    }

    /** Shares that counted. */
    public int accepted() {
        return accepted.get();
    }

    void hangUp() {
        sockets.forEach(socket -> {
            try {
                socket.close();
            } catch (IOException gone) {
                sockets.remove(socket);
            }
        });
        clients.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
    }
}
