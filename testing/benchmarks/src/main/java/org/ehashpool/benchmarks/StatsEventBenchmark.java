package org.ehashpool.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.util.concurrent.TimeUnit;
import org.ehashpool.stats.event.StatsEvent;
import org.ehashpool.stats.message.MalformedMessageException;
import org.ehashpool.stats.message.MessageJson;
import org.ehashpool.stats.message.StatsMessage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The most frequent event of the statistics protocol as we send it, and what the form alone costs as text and binary. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class StatsEventBenchmark {
    private static final BigInteger WORK = new BigInteger("281479271743489").multiply(BigInteger.valueOf(12));

    /** The protocol's own codec; or records through Jackson, as JSON or as CBOR. */
    @Param({"protocol", "json", "cbor"})
    public String form = "protocol";

    private Form chosen = new Protocol();
    private byte[] payload = {};

    /** One event with its number and time, flat as on the wire. */
    public record Flat(
            long seq, long at, String type, long downstreamId, long channelId, long count, BigInteger work) {}

    private interface Form {
        byte[] write() throws IOException;

        Object read(byte[] payload) throws IOException, MalformedMessageException;
    }

    private static final class Protocol implements Form {
        private final StatsMessage message = new StatsMessage.Event(
                1_234_567, 1_795_000_000_000L, new StatsEvent.ShareAccepted(48_211, 2, 12, WORK));

        @Override
        public byte[] write() {
            return MessageJson.write(message);
        }

        @Override
        public Object read(byte[] payload) throws MalformedMessageException {
            return MessageJson.readFromSender(payload);
        }
    }

    private record Databind(ObjectMapper mapper, Flat event) implements Form {
        Databind(ObjectMapper mapper) {
            this(
                    mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE),
                    new Flat(1_234_567, 1_795_000_000_000L, "share_accepted", 48_211, 2, 12, WORK));
        }

        @Override
        public byte[] write() throws IOException {
            return mapper.writeValueAsBytes(event);
        }

        @Override
        public Object read(byte[] payload) throws IOException {
            return mapper.readValue(payload, Flat.class);
        }
    }

    /** Chooses the form. */
    @Setup
    public void prepare() throws IOException {
        chosen = switch (form) {
            case "protocol" -> new Protocol();
            case "json" -> new Databind(new JsonMapper());
            case "cbor" -> new Databind(new CBORMapper());
            default -> throw new IllegalArgumentException(form);
        };
        payload = chosen.write();
    }

    /** Bytes of the event. */
    int size() {
        return payload.length;
    }

    /** An event to its payload. */
    @Benchmark
    public byte[] write() throws IOException {
        return chosen.write();
    }

    /** A payload to its event. */
    @Benchmark
    public Object read() throws IOException, MalformedMessageException {
        return chosen.read(payload);
    }
}
