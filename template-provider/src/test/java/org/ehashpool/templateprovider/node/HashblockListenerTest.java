package org.ehashpool.templateprovider.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ehashpool.sv2.type.U256;
import org.ehashpool.templateprovider.template.TemplateFixtures;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

class HashblockListenerTest {
    private static final byte[] TOPIC = "hashblock".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEQUENCE = new byte[4];

    @Test
    void shouldTellTheHashesThatTheNodePublishesAndNothingElse() {
        List<U256> heard = new CopyOnWriteArrayList<>();
        U256 tip = TemplateFixtures.hash(3);
        byte[] hash = new byte[32];
        tip.writeBigEndian(hash, 0);
        try (ZContext context = new ZContext();
                ZMQ.Socket publisher = context.createSocket(SocketType.PUB)) {
            int port = publisher.bindToRandomPort("tcp://127.0.0.1");
            HashblockListener listener = new HashblockListener("tcp://127.0.0.1:" + port, heard::add);
            listener.start();

            await().until(() -> {
                publish(publisher, "rawblock".getBytes(StandardCharsets.US_ASCII), hash);
                publish(publisher, TOPIC, new byte[31]);
                publish(publisher, TOPIC, hash);
                return !heard.isEmpty();
            });

            assertThat(heard).allMatch(tip::equals);
            listener.stop().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static void publish(ZMQ.Socket publisher, byte[] topic, byte[] hash) {
        publisher.sendMore(topic);
        publisher.sendMore(hash);
        publisher.send(SEQUENCE);
    }
}
