const { DynamoDBClient, UpdateItemCommand } = require('@aws-sdk/client-dynamodb');

const dynamodb = new DynamoDBClient({});

exports.handler = async ({ Records }) => {
  for (const { body } of Records) {
    const { detail } = JSON.parse(body);
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: process.env.ENTRIES,
        Key: { id: { S: detail.id } },
        UpdateExpression: 'SET thanked = :yes',
        ExpressionAttributeValues: { ':yes': { BOOL: true } },
      }),
    );
  }
};
