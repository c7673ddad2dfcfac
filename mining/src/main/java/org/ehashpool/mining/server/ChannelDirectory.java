package org.ehashpool.mining.server;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.ehashpool.sv2.type.U32;
import org.jspecify.annotations.Nullable;

/**
 * The channels of a connection by their numbers, which they share with groups: "there must never be a Group Channel whose
 * group_channel_id is identical to some channel_id" (section 5.2.3). No number is used twice.
 */
final class ChannelDirectory {
    private static final long LAST_ID = 0xffff_fffeL;

    private final Map<Long, ServerChannel> channels = new LinkedHashMap<>();
    private @U32 long lastId;

    /**
     * An empty directory.
     *
     * @param lastGroupId the last of the numbers that are taken by groups from the start
     */
    ChannelDirectory(@U32 long lastGroupId) {
        lastId = lastGroupId;
    }

    int size() {
        return channels.size();
    }

    /** Whether there are numbers for so many more. */
    boolean hasIds(int count) {
        return lastId <= LAST_ID - count;
    }

    @U32
    long nextId() {
        return ++lastId;
    }

    void add(ServerChannel channel) {
        channels.put(channel.id, channel);
    }

    void remove(ServerChannel channel) {
        channels.remove(channel.id);
    }

    @Nullable
    ServerChannel get(@U32 long id) {
        return channels.get(id);
    }

    Optional<ServerChannel> find(@U32 long id) {
        return Optional.ofNullable(channels.get(id));
    }

    Collection<ServerChannel> all() {
        return channels.values();
    }

    /** The channel of this number, or the members of the group of this number. */
    List<ServerChannel> addressed(@U32 long channelOrGroup) {
        ServerChannel channel = channels.get(channelOrGroup);
        return channel != null
                ? List.of(channel)
                : channels.values().stream()
                        .filter(member -> member.groupId() == channelOrGroup)
                        .toList();
    }

    /** "If the group channel contains standard channels, the server MUST ignore those" (section 5.3.18). */
    List<ServerChannel> addressedExtended(@U32 long channelOrGroup) {
        return addressed(channelOrGroup).stream()
                .filter(channel -> !channel.standard)
                .toList();
    }

    /**
     * Makes a group of channels that have extranonces of equal size and the pool's outputs; empty if they do not, or there
     * are none: a group has one coinbase transaction.
     */
    OptionalLong regroup(Set<Long> channelIds) {
        List<ServerChannel> members = channels.values().stream()
                .filter(channel -> channelIds.contains(channel.id))
                .toList();
        if (!hasIds(1)
                || members.stream().anyMatch(channel -> channel.payout().isPresent())
                || members.stream()
                                .mapToInt(channel -> channel.sizeIndex)
                                .distinct()
                                .count()
                        != 1) {
            return OptionalLong.empty();
        }
        long groupId = nextId();
        members.forEach(channel -> channel.moveTo(groupId));
        return OptionalLong.of(groupId);
    }
}
