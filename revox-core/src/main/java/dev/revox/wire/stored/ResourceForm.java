package dev.revox.wire.stored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.revox.RevoxException;
import dev.revox.assistant.Assistant;
import dev.revox.campaign.CampaignSpec;
import dev.revox.campaign.Contact;
import dev.revox.campaign.ContactData;
import dev.revox.phone.PhoneNumber;
import dev.revox.wire.json.Nodes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The texts that a store keeps of assistants, campaigns and contacts. What is read equals what was written, secrets included: the
 * texts belong into a store and nowhere else.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class ResourceForm {
    private ResourceForm() {}

    /** All of an assistant, its identity included. */
    public static String assistant(Assistant assistant) {
        return StoredText.write(whole(assistant));
    }

    /**
     * Reads what {@link #assistant(Assistant)} wrote.
     *
     * @throws RevoxException when it is no such text
     */
    public static Assistant assistant(String text) {
        return StoredText.reading("assistant", text, ResourceForm::whole);
    }

    private static ObjectNode whole(Assistant assistant) {
        ObjectNode json = Nodes.object();
        json.put("id", assistant.id());
        json.put("createdAt", assistant.createdAt().toString());
        json.put("updatedAt", assistant.updatedAt().toString());
        json.set("content", AssistantForm.write(assistant));
        return json;
    }

    private static Assistant whole(JsonNode json) {
        return AssistantForm.read(json.required("content")).toBuilder()
                .identity(
                        Forms.text(json, "id"),
                        Instant.parse(Forms.text(json, "createdAt")),
                        Instant.parse(Forms.text(json, "updatedAt")))
                .build();
    }

    public static String campaign(CampaignSpec spec) {
        ObjectNode json = Nodes.object();
        json.put("name", spec.name());
        spec.assistant().ifPresent(inline -> json.set("assistant", whole(inline)));
        Forms.put(json, "assistantId", spec.assistantId());
        spec.retryPolicy().ifPresent(policy -> json.set("policy", Forms.policy(policy)));
        json.put("max", spec.maxConcurrentCalls());
        json.put("spacing", spec.spacing().toString());
        Forms.number(json, "from", spec.from());
        return StoredText.write(json);
    }

    /**
     * Reads what {@link #campaign(CampaignSpec)} wrote.
     *
     * @throws RevoxException when it is no such text
     */
    public static CampaignSpec campaign(String text) {
        return StoredText.reading(
                "campaign",
                text,
                json -> new CampaignSpec(
                        Forms.text(json, "name"),
                        Optional.ofNullable(json.get("assistant")).map(ResourceForm::whole),
                        Forms.maybeText(json, "assistantId"),
                        Optional.ofNullable(json.get("policy")).map(Forms::policy),
                        json.required("max").intValue(),
                        Duration.parse(Forms.text(json, "spacing")),
                        Forms.maybeText(json, "from").map(PhoneNumber::of)));
    }

    /** A contact's variables and metadata. */
    public static String contact(Contact contact) {
        ObjectNode json = Nodes.object();
        json.set("variables", Nodes.textMap(contact.variables()));
        json.set("metadata", Nodes.textMap(contact.metadata()));
        return StoredText.write(json);
    }

    /**
     * Reads what {@link #contact(Contact)} wrote.
     *
     * @param number the contact's number
     * @throws RevoxException when it is no such text
     */
    public static ContactData contact(String number, String text) {
        return StoredText.reading(
                "contact",
                text,
                json -> new ContactData(
                        number,
                        Forms.texts(json.required("variables")),
                        Forms.texts(json.required("metadata")),
                        Optional.empty()));
    }
}
