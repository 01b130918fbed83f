package chat.jovial.client.trigger;

/** What a trigger does. It may throw; that counts as done. */
@FunctionalInterface
public interface TriggerAction {
  void act(TriggerEvent event) throws Exception;
}
