package org.ehashpool.sv2.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehashpool.sv2.message.Common;
import org.ehashpool.sv2.message.Ehash;
import org.ehashpool.sv2.message.ExtensionsNegotiation;
import org.ehashpool.sv2.message.JobDeclaration;
import org.ehashpool.sv2.message.Message;
import org.ehashpool.sv2.message.MessageType;
import org.ehashpool.sv2.message.Mining;
import org.ehashpool.sv2.message.MintQuote;
import org.ehashpool.sv2.message.Protocol;
import org.ehashpool.sv2.message.TemplateDistribution;
import org.jspecify.annotations.Nullable;

/** Every message by its number and by its class, from the permitted subclasses of {@link Message}. */
final class MessageRegistry {
    private static final int SETUP = 1 << Reception.phase(null);

    private static final Map<Class<? extends Message>, Integer> PHASES = Map.of(
            Mining.class, established(Protocol.MINING),
            JobDeclaration.class, established(Protocol.JOB_DECLARATION),
            TemplateDistribution.class, established(Protocol.TEMPLATE_DISTRIBUTION),
            // "After the successful SetupConnection exchange, clients MUST send a RequestExtensions message".
            ExtensionsNegotiation.class,
                    established(Protocol.MINING, Protocol.JOB_DECLARATION, Protocol.TEMPLATE_DISTRIBUTION),
            Ehash.class, established(Protocol.MINING),
            MintQuote.class, established(Protocol.MINT_QUOTE));

    /** The registry of all messages. */
    static final MessageRegistry ALL = new MessageRegistry(permitted(Message.class));

    /** A message's place. */
    static final class Entry {
        private final MessageInfo info;
        private final int fromClient;
        private final int fromServer;
        private volatile @Nullable RecordCodec codec;

        private Entry(MessageInfo info, int fromClient, int fromServer) {
            this.info = info;
            this.fromClient = fromClient;
            this.fromServer = fromServer;
        }

        /** What is known of it before its payload. */
        MessageInfo info() {
            return info;
        }

        /** Reads and writes its payload. Derived at its first use: a service uses a fraction of all messages. */
        RecordCodec codec() {
            RecordCodec derived = codec;
            if (derived == null) {
                derived = RecordCodec.of(info.type());
                codec = derived;
            }
            return derived;
        }

        /** Whether its sender may send it now. */
        boolean isExpected(Reception reception) {
            int phases =
                    switch (reception.sender()) {
                        case CLIENT -> fromClient;
                        case SERVER -> fromServer;
                    };
            return (phases >>> reception.phase() & 1) != 0;
        }
    }

    private final Map<Class<?>, Entry> byClass = new HashMap<>();
    private final Map<Integer, Entry> byNumber = new HashMap<>();
    private final Set<Integer> extensions = new HashSet<>();
    private final @Nullable Entry[] core = new Entry[256];
    private final List<MessageInfo> infos;

    /** @throws IllegalStateException if two messages have one number */
    MessageRegistry(Collection<Class<? extends Message>> messages) {
        List<MessageInfo> registered = new ArrayList<>();
        for (Class<? extends Message> message : messages) {
            Entry entry = entry(message);
            MessageInfo info = entry.info();
            Entry other = byNumber.putIfAbsent(key(info.extension(), info.number()), entry);
            if (other != null) {
                throw new IllegalStateException("one number for two messages: " + other.info() + ", " + info);
            }
            if (info.extension() == 0) {
                core[info.number()] = entry;
            } else {
                extensions.add(info.extension());
            }
            byClass.put(message, entry);
            registered.add(info);
        }
        infos = List.copyOf(registered);
    }

    List<MessageInfo> infos() {
        return infos;
    }

    /** Whether messages of that extension are known; 0 is the core specification. */
    boolean hasExtension(int extension) {
        return extension == 0 || extensions.contains(extension);
    }

    @Nullable
    Entry find(int extension, int number) {
        return extension == 0 ? core[number] : byNumber.get(key(extension, number));
    }

    Entry of(Class<? extends Message> type) {
        Entry entry = byClass.get(type);
        if (entry == null) {
            throw new IllegalStateException("not registered: " + type);
        }
        return entry;
    }

    /** The records below a sealed interface, in the order of declaration, each once. */
    static Collection<Class<? extends Message>> permitted(Class<? extends Message> type) {
        Set<Class<? extends Message>> records = new LinkedHashSet<>();
        if (type.isRecord()) {
            records.add(type);
        } else {
            for (Class<?> below : type.getPermittedSubclasses()) {
                records.addAll(permitted(below.asSubclass(Message.class)));
            }
        }
        return records;
    }

    private static Entry entry(Class<? extends Message> type) {
        MessageType declared = type.getAnnotation(MessageType.class);
        if (declared == null) {
            throw new IllegalStateException("no number: " + type);
        }
        MessageInfo info = new MessageInfo(
                type,
                declared.name().isEmpty() ? type.getSimpleName() : declared.name(),
                declared.value(),
                declared.extension(),
                declared.channel());
        int phases = phases(type);
        return new Entry(
                info,
                Message.FromClient.class.isAssignableFrom(type) ? phases : 0,
                Message.FromServer.class.isAssignableFrom(type) ? phases : 0);
    }

    /** When a message may be sent, a bit for each {@link Reception#phase}. */
    private static int phases(Class<? extends Message> type) {
        if (type == Common.SetupConnection.class || Common.SetupReply.class.isAssignableFrom(type)) {
            return SETUP;
        }
        if (type == Common.ChannelEndpointChanged.class) {
            return established(Protocol.MINING);
        }
        if (Common.class.isAssignableFrom(type)) {
            return established(Protocol.values());
        }
        return PHASES.entrySet().stream()
                .filter(chapter -> chapter.getKey().isAssignableFrom(type))
                .mapToInt(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no sub-protocol: " + type));
    }

    private static int established(Protocol... protocols) {
        return Arrays.stream(protocols)
                .mapToInt(protocol -> 1 << Reception.phase(protocol))
                .reduce(0, (one, other) -> one | other);
    }

    private static int key(int extension, int number) {
        return extension << 8 | number;
    }
}
