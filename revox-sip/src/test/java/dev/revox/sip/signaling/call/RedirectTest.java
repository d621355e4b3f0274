package dev.revox.sip.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.sip.signaling.SipRequest;
import dev.revox.sip.signaling.dialog.DialogSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 3xx: S09, X08. <b>Spec:</b> RFC 3261 §8.1.3.4. */
class RedirectTest {

    private final CallWorld world = new CallWorld();

    private void redirect(int status, String... contacts) {
        String[] headers = new String[contacts.length];
        for (int i = 0; i < contacts.length; i++) {
            headers[i] = "Contact: " + contacts[i];
        }
        world.wire.respond(world.wire.last("INVITE"), status, "peer", "", headers);
    }

    private List<String> targets() {
        return world.wire.all("INVITE").stream().map(SipRequest::uri).toList();
    }

    @Test
    void s09_contacts_are_tried_by_their_q_and_none_twice() {
        world.dial();
        redirect(
                302,
                "<sip:low@trunk.test>;q=0.1",
                "\"Best, of all\" <sip:best@trunk.test>;q=0.9, <sip:mid@trunk.test;transport=udp>;q=0.5",
                "<" + CallWorld.TARGET + ">;q=1.0",
                "<sip:best@TRUNK.test:5060>;q=0.2");
        redirect(486);
        redirect(404);
        redirect(480);
        assertThat(targets())
                .containsExactly(CallWorld.TARGET, "sip:best@trunk.test", "sip:mid@trunk.test", "sip:low@trunk.test");
        assertThat(world.told.failures)
                .singleElement()
                .satisfies(raw -> assertThat(raw.sipStatus()).hasValue(480));
        assertThat(world.wire.all("INVITE").stream()
                        .map(r -> VirtualWire.header(r, "Call-ID"))
                        .distinct())
                .hasSize(1);
        assertThat(world.wire.all("INVITE")).extracting(SipRequest::cseq).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void s09_a_redirected_call_can_be_answered() {
        world.dial();
        redirect(302, "<sip:desk@trunk.test>");
        world.answer(CallWorld.PEER_SDP);
        assertThat(world.told.answered).hasSize(1);
        assertThat(world.wire.last("ACK").cseq()).isEqualTo(2);
    }

    @Test
    void s09_five_redirects_are_followed_and_no_more() {
        world.dial();
        for (int i = 0; i < 10; i++) {
            if (world.told.terminals() == 0) {
                redirect(302, "<sip:hop" + i + "@trunk.test>");
            }
        }
        assertThat(targets()).hasSize(6);
        assertThat(world.told.terminals()).isEqualTo(1);
    }

    @Test
    void s09_another_host_is_followed_only_where_that_is_allowed() {
        world.dial();
        redirect(302, "<sip:+882999@evil.test>", "<sips:desk@trunk.test>", "<tel:+14155550123>", "garbage");
        assertThat(targets()).hasSize(1);
        assertThat(world.told.failures)
                .singleElement()
                .satisfies(raw -> assertThat(raw.sipStatus()).hasValue(302));

        CallWorld open = new CallWorld(DialogSettings.DEFAULT.withFollowRedirectsTo("Branch.test"));
        open.dial();
        open.wire.respond(
                open.wire.last("INVITE"), 302, "peer", "", "Contact: <sip:desk@branch.test:5080;transport=udp>");
        assertThat(open.wire.last("INVITE").uri()).isEqualTo("sip:desk@branch.test:5080");
    }

    @Test
    void x08_a_redirect_to_a_satellite_number_is_not_followed_on_any_host() {
        world.dial();
        redirect(302, "<sip:+881612345678@trunk.test>");
        assertThat(targets()).hasSize(1);
        assertThat(world.told.terminals()).isEqualTo(1);
    }

    @Test
    void s09_300_without_contact_305_and_a_6xx_end_it() {
        world.dial();
        redirect(300);
        assertThat(world.told.terminals()).isEqualTo(1);

        CallWorld proxy = new CallWorld();
        proxy.dial();
        proxy.wire.respond(proxy.wire.last("INVITE"), 305, "peer", "", "Contact: <sip:proxy@trunk.test>");
        assertThat(proxy.wire.count("INVITE")).isEqualTo(1);

        CallWorld global = new CallWorld();
        global.dial();
        global.wire.respond(
                global.wire.last("INVITE"), 302, "p", "", "Contact: <sip:a@trunk.test>, <sip:b@trunk.test>");
        global.wire.respond(global.wire.last("INVITE"), 603, "p", "");
        assertThat(global.wire.count("INVITE")).isEqualTo(2);
        assertThat(global.told.terminals()).isEqualTo(1);
    }

    @Test
    void s09_a_cancelled_call_is_not_sent_elsewhere() {
        UacCall call = world.dial();
        world.wire.respond(world.wire.last("INVITE"), 180, "peer", "");
        call.hangUp(dev.revox.line.LegEnd.LOCAL_HANGUP);
        redirect(302, "<sip:desk@trunk.test>");
        assertThat(targets()).hasSize(1);
        assertThat(world.told.terminals()).isEqualTo(1);
    }
}
