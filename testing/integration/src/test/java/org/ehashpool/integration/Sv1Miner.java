package org.ehashpool.integration;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * A Stratum V1 miner that does not hash: where every hash is a share it submits one nonce after the other, each once.
 */
final class Sv1Miner implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final OutputStream output;
    private final String name;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger nonces = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<Work> works = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ReentrantLock writing = new ReentrantLock();
    private int extranonce2Size;

    /** What mining.notify says; the previous hash as it is on the wire. */
    record Work(String job, String previousHash, String coinbase1, String time, boolean clean) {}

    /** The answer to mining.submit; the error's code is 0 if there is none. */
    record Answer(boolean accepted, int error, String words) {}

    private Sv1Miner(Socket socket, String name) throws IOException {
        this.socket = socket;
        this.output = socket.getOutputStream();
        this.name = name;
    }

    /** Connects, subscribes, authorises. */
    static Sv1Miner connect(int port, String name) throws IOException {
        Sv1Miner miner = new Sv1Miner(new Socket(InetAddress.getLoopbackAddress(), port), name);
        Thread.ofVirtual().name("sv1-miner").start(miner::read);
        JsonNode subscription = result(miner.request("mining.subscribe", "[\"test/1\"]"));
        miner.extranonce2Size = subscription.path("result").path(2).asInt();
        result(miner.request("mining.authorize", "[\"" + name + "\",\"x\"]"));
        return miner;
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                received(JSON.readTree(line));
            }
        } catch (IOException gone) {
            ended.completeExceptionally(gone);
        } finally {
            ended.complete(null);
        }
    }

    private void received(JsonNode message) {
        if (message.path("method").asText().equals("mining.notify")) {
            JsonNode parameters = message.path("params");
            works.add(new Work(
                    parameters.path(0).asText(),
                    parameters.path(1).asText(),
                    parameters.path(2).asText(),
                    parameters.path(7).asText(),
                    parameters.path(8).asBoolean()));
        } else if (message.path("id").isInt()) {
            CompletableFuture<JsonNode> answer =
                    waiting.remove(message.path("id").asInt());
            if (answer != null) {
                answer.complete(message);
            }
        }
    }

    private CompletableFuture<JsonNode> request(String method, String parameters) throws IOException {
        int id = requests.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        byte[] line = ("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}\n")
                .getBytes(StandardCharsets.UTF_8);
        writing.lock();
        try {
            output.write(line);
            output.flush();
        } finally {
            writing.unlock();
        }
        return answer;
    }

    static <T> T result(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** All work so far. */
    List<Work> works() {
        return works;
    }

    /** The latest work, once there is some. */
    Work awaitWork() {
        return awaitWork(work -> true);
    }

    /** The latest work, once it meets a condition. */
    Work awaitWork(Predicate<Work> condition) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !works.isEmpty() && condition.test(works.getLast()));
        return works.getLast();
    }

    /** Submits a share that no other is alike. */
    CompletableFuture<Answer> submit(Work work) throws IOException {
        String parameters = "[\"%s\",\"%s\",\"%s\",\"%s\",\"%08x\"]"
                .formatted(name, work.job(), "00".repeat(extranonce2Size), work.time(), nonces.incrementAndGet());
        return request("mining.submit", parameters).thenApply(answer -> {
            JsonNode error = answer.path("error");
            return new Answer(
                    answer.path("result").asBoolean(),
                    error.path(0).asInt(),
                    error.path(1).asText());
        });
    }

    /** Submits a share for the latest work and waits for the answer. */
    Answer mine() throws IOException {
        return result(submit(awaitWork()));
    }

    boolean isConnected() {
        return !ended.isDone();
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
