package chat.jovial.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.mds.ListMessages;
import chat.jovial.contract.mds.Send;
import chat.jovial.contract.mss.DeleteFrom;
import chat.jovial.contract.mss.ReadHistory;
import chat.jovial.contract.ums.FindUsers;
import chat.jovial.contract.ums.LogIn;
import chat.jovial.contract.ums.RegisterUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static final String SEND =
      "{'to':{'user_id':'u1'},'body':{'type':'text','text':'Hi'},'reply_to':3}";

  @Test
  void a_request_is_read_whatever_else_is_in_it() {
    Send send = read(SEND.replace("'reply_to'", "'colour':[{}],'reply_to'"), Send.class);
    assertThat(send.to().userId()).isEqualTo("u1");
    assertThat(send.replyTo()).isEqualTo(3);
    assertThat(send.body().json()).isEqualTo("{\"type\":\"text\",\"text\":\"Hi\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                     | to is missing",
        "{'to':'u1'}                                            | to has the wrong type: expected"
            + " an object",
        "{'to':{}}                                              | to.user_id is missing",
        "{'to':{'user_id':5}}                                   | to.user_id has the wrong type:"
            + " expected a string",
        "{'to':{'user_id':''}}                                  | to.user_id must not be empty",
        "{'to':{'user_id':'u1'}}                                | body is missing",
        "{'to':{'user_id':'u1'},'body':'Hi'}                    | body must be an object",
        "{'to':{'user_id':'u1'},'body':{}}                      | body.type is missing or not a"
            + " string",
        "{'to':{'user_id':'u1'},'body':{'type':'text'}}         | body.text is missing or not a"
            + " string",
        "{'to':{'user_id':'u1'},'body':{'type':'x'},'reply_to':0}      | reply_to must be a seq",
        "{'to':{'user_id':'u1'},'body':{'type':'x'},'reply_to':'3'}    | reply_to has the wrong"
            + " type: expected a whole number",
        "{'to':{'user_id':'u1'},'body':{'type':'x'},'reply_to':1.5}    | reply_to has the wrong"
            + " type: expected a whole number",
        "{'to':{'user_id':'u1'},'body':{'type':'x'},'retry':'yes'}     | retry has the wrong type:"
            + " expected true or false",
        "{'to':{'user_id':'u1'},'body':{'type':'x'},'expires_in':-1}   | expires_in must be"
            + " between",
        "{'to':{'user_id':'u1'},'body':{'type':'file','name':'a'}}     | body.file_id is missing",
        "{'to':{'user_id':'u1'},'body':{'type':'file','file_id':'f','size':-1}} | body.size must be"
            + " between",
        "{'to':{'user_id':'u1'},'body':{'type':'location','latitude':91,'longitude':0}} |"
            + " body.latitude must be a number from -90 to 90",
        "{'to':{'user_id':'u1'},'body':{'type':'location','latitude':1}} | body.longitude must be a"
            + " number",
        "{'to':{'user_id':'u1'},'body':{'type':'custom'}}              | body.data is missing",
        "[1]                                                    | the body must be a JSON object",
        "{'to':                                                 | not well-formed JSON",
      })
  void a_wrong_request_is_refused_and_the_field_named(String json, String refusal) {
    assertRefused(json, Send.class, refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1767225600", "1767225600000", "1.5", "'1767225600'", "' 0 '", "''", "[]"})
  void a_time_is_a_text_and_never_a_number(String time) {
    assertRefused(
        "{'conversation_id':'c','from':" + time + "}",
        DeleteFrom.class,
        "from has the wrong type: expected a time such as");
  }

  @Test
  void a_time_may_have_an_offset() {
    DeleteFrom request =
        read("{'conversation_id':'c','from':'2026-01-31T13:00:00+01:00'}", DeleteFrom.class);

    assertThat(request.from()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
  }

  @Test
  void texts_are_bounded_and_well_formed() {
    assertRefused(
        SEND.replace("'reply_to':3", "'client_id':'" + "x".repeat(65) + "'"),
        Send.class,
        "client_id must have at most 64 characters, but has 65");
    assertRefused(
        SEND.replace("Hi", "\\ud800"), Send.class, "body.text contains half of a surrogate pair");
    assertThatCode(() -> read(SEND.replace("Hi", "\\ud83d\\udc4b"), Send.class))
        .doesNotThrowAnyException();
  }

  @Test
  void what_excludes_each_other_is_refused_together() {
    assertRefused(
        "{'conversation_id':'c','after':1,'before':2}", ReadHistory.class, "at most one of");
    assertRefused("{'app_key':'k','password':'p'}", LogIn.class, "either username or user_id");
    assertRefused("{'username':'a','query':'b'}", FindUsers.class, "give one of");
  }

  @Test
  void numbers_have_their_limits_and_their_defaults() {
    assertThat(read("{'conversation_id':'c'}", ReadHistory.class).limit()).isEqualTo(50);
    assertRefused(
        "{'conversation_id':'c','limit':201}",
        ReadHistory.class,
        "limit must be between 1 and 200");
    assertRefused("{'limit':0}", ListMessages.class, "limit must be between 1 and 200");
    assertRefused(
        "{'since':'yesterday'}",
        ListMessages.class,
        "since has the wrong type: expected a time such as");
  }

  @Test
  void passwords_and_names_have_a_form() {
    assertRefused(
        "{'app_key':'k','password':'short'}", RegisterUser.class, "at least 8 characters");
    assertRefused(
        "{'app_key':'k','password':'long enough','username':'a b'}",
        RegisterUser.class,
        "username must have");
  }

  @Test
  void depth_and_digits_are_bounded() {
    String deep = "[".repeat(100_000);
    assertRefused("{'to':" + deep, Send.class, "");
    assertRefused("{'to':{'user_id':'u'},'reply_to':" + "9".repeat(50_000) + "}", Send.class, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e99999999999",
        "-1e-99999999999",
        "1E+2147483648",
        "0.5e-00000000012345",
        "1e1000",
      })
  void numbers_that_no_double_holds_are_refused_wherever_they_stand(String number) {
    for (String json :
        List.of(
            "{'zzz':" + number + "}",
            "{'to':{'user_id':'u'},'body':{'type':'x','n':" + number + "}}",
            "{'to':{'user_id':'u'},'reply_to':" + number + "}")) {
      assertThatThrownBy(() -> readOfClient(json))
          .isInstanceOfSatisfying(
              JovialException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                assertThat(e.detail()).contains("a number is out of range at line 1, column ");
              });
    }
  }

  @Test
  void numbers_that_a_double_holds_are_read() {
    assertThat(
            readOfClient("{'to':{'user_id':'u'},'body':{'type':'x','n':-1.5e+0308}}").body().json())
        .contains("1.5E+308");
  }

  @Test
  void a_key_that_stands_twice_is_refused_at_any_depth() {
    assertThatThrownBy(() -> readOfClient("{'to':{'user_id':'u','user_id':'v'}}"))
        .hasMessageContaining("a key stands twice in an object at line 1, column");
    assertThatThrownBy(() -> readOfClient("{'to':1,'body':{'type':'x'},'to':2}"))
        .hasMessageContaining("a key stands twice");
  }

  @Test
  void the_place_of_what_is_no_json_is_named() {
    assertRefused("{'to':\n  {]", Send.class, "not well-formed JSON at line 2, column 4");
  }

  @Test
  void what_is_not_there_is_not_written() {
    assertThat(new String(Json.write(read(SEND, Send.class)), StandardCharsets.UTF_8))
        .isEqualTo(SEND.replace('\'', '"'));
  }

  private static void assertRefused(String json, Class<?> type, String refusal) {
    assertThatThrownBy(() -> read(json, type))
        .isInstanceOfSatisfying(
            JovialException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
              assertThat(e.detail()).contains(refusal);
            });
  }

  /** As the edge reads: as a tree, then as a record. */
  private static Send readOfClient(String json) {
    try {
      return Json.read(Json.CLIENT_MAPPER.readTree(json.replace('\'', '"')), Send.class);
    } catch (IOException e) {
      throw Json.refusal(e);
    }
  }

  private static <T> T read(String json, Class<T> type) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return Json.read(bytes, 0, bytes.length, type);
  }
}
