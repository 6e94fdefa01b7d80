import assert from "node:assert/strict";
import { detectLanguage } from "../../../lib/measure/cards/detect_language.ts";

const texts: Record<string, string> = {
  en:
    "This model is a fine-tuned version of the base model on an unknown dataset, trained for three epochs.",
  fr:
    "Ce modèle est une version affinée du modèle de base, entraînée pendant trois époques sur nos données.",
  de:
    "Dieses Modell wurde drei Epochen lang auf unseren Daten trainiert und ist nicht für andere Zwecke gedacht.",
  es:
    "Este modelo es una versión ajustada del modelo base, entrenada durante tres épocas con nuestros datos.",
  ru:
    "Эта модель была обучена на наших данных в течение трёх эпох и предназначена только для исследований.",
  zh: "这个模型是在我们的数据上训练的，用于研究目的，请不要用于其他用途，谢谢大家的支持。",
  ja:
    "このモデルは私たちのデータで学習されたもので、研究目的にのみ使用してください。よろしくお願いします。",
  ko: "이 모델은 우리 데이터로 훈련되었으며 연구 목적으로만 사용해야 합니다. 감사합니다.",
  ar:
    "تم تدريب هذا النموذج على بياناتنا لمدة ثلاث دورات وهو مخصص لأغراض البحث فقط ولا يستخدم لغير ذلك",
  hi:
    "इस मॉडल को हमारे डेटा पर तीन युगों तक प्रशिक्षित किया गया था और यह केवल अनुसंधान के लिए है, किसी और काम के लिए इसका उपयोग न करें, और अपनी राय हमें ज़रूर बताएँ।",
};

for (const [language, text] of Object.entries(texts)) {
  Deno.test(`detectLanguage() returns "${language}" when a text is written in it`, () => {
    assert.equal(detectLanguage(text), language);
  });
}

Deno.test("detectLanguage() returns null when a text has too few letters", () => {
  for (
    const text of [
      "",
      "Loss: 0.8",
      "1 2 3 ".repeat(1000),
      "🦙".repeat(200),
      "这个模型",
      "a".repeat(59),
    ]
  ) {
    assert.equal(detectLanguage(text), null, text.slice(0, 20));
  }
});

Deno.test("detectLanguage() returns null when it does not know the script", () => {
  assert.equal(
    detectLanguage("המודל הזה אומן על הנתונים שלנו והוא מיועד למטרות מחקר בלבד ולא לשום שימוש אחר"),
    null,
  );
});
