package chat.jovial.client.trigger;

/** Action of a trigger. It may throw; that counts as done. */
@FunctionalInterface
public interface TriggerAction {
  void act(TriggerEvent event) throws Exception;
}
