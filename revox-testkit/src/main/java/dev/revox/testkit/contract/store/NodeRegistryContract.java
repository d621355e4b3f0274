package dev.revox.testkit.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.store.node.NodeId;
import dev.revox.store.node.NodeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link NodeRegistry} keeps to. */
public abstract class NodeRegistryContract extends StoreBench {
    private NodeRegistry nodes;
    private NodeRegistry seenByAnother;

    @BeforeEach
    final void two_engines_share_the_register() {
        nodes = another().nodes();
        seenByAnother = another().nodes();
    }

    @Test
    void a_node_counts_and_the_others_see_it() {
        NodeId node = nodes.join("one");

        assertThat(seenByAnother.beats()).containsEntry(node, 0L).hasSize(1);
        assertThat(nodes.beat(node)).isTrue();
        assertThat(nodes.beat(node)).isTrue();
        assertThat(seenByAnother.beats()).containsEntry(node, 2L);
    }

    @Test
    void a_new_life_of_a_name_ends_the_former_one_and_is_higher() {
        NodeId former = nodes.join("one");
        NodeId other = nodes.join("two");
        NodeId reborn = seenByAnother.join("one");

        assertThat(reborn.incarnation()).isGreaterThan(former.incarnation());
        assertThat(nodes.beat(former)).isFalse();
        assertThat(nodes.beats()).containsOnlyKeys(reborn, other);
    }

    @Test
    void a_life_after_leaving_is_higher_too() {
        NodeId former = nodes.join("one");
        nodes.leave(former);
        nodes.leave(former);

        assertThat(nodes.beats()).isEmpty();
        assertThat(nodes.beat(former)).isFalse();
        assertThat(nodes.join("one").incarnation()).isGreaterThan(former.incarnation());
    }

    @Test
    void a_node_is_struck_off_only_if_it_has_not_counted_since() {
        NodeId node = nodes.join("one");
        assertThat(nodes.beat(node)).isTrue();

        assertThat(seenByAnother.expel(node, 0)).isFalse();
        assertThat(nodes.beat(node)).isTrue();
        assertThat(seenByAnother.expel(node, 2)).isTrue();
        assertThat(seenByAnother.expel(node, 2)).isFalse();
        assertThat(nodes.beat(node)).isFalse();
    }

    @Test
    void of_many_who_strike_a_node_off_one_did_it() throws Exception {
        NodeId node = nodes.join("one");
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            NodeRegistry by = i % 2 == 0 ? nodes : seenByAnother;
            tasks.add(() -> by.expel(node, 0));
        }
        assertThat(together(tasks)).containsOnlyOnce(true);
    }

    @Test
    void of_many_who_take_a_name_at_once_one_has_it() throws Exception {
        List<Callable<NodeId>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            NodeRegistry by = i % 2 == 0 ? nodes : seenByAnother;
            tasks.add(() -> by.join("one"));
        }
        List<NodeId> lives = together(tasks);

        assertThat(lives).doesNotHaveDuplicates();
        assertThat(nodes.beats()).hasSize(1);
        assertThat(lives).containsAll(nodes.beats().keySet());
    }
}
